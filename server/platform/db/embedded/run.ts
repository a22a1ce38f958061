import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../config/index.ts";
import type { Binaries } from "./binaries.ts";
import { type Identity, mayReach } from "./identity.ts";

export interface Outcome {
  readonly exitCode: number;
  /** Both output streams, at most 16 kB. */
  readonly output: string;
}

const OUTPUT_MAX = 16_384;
const SETPRIV_PLACES = ["/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/setpriv"];

/** Runs one of PostgreSQL's programs as `identity` and waits for its end. `dataFolder` is where it must be able to go. */
export function runProgram(
  binaries: Binaries,
  identity: Identity | null,
  dataFolder: string,
  program: string,
  args: readonly string[],
): Promise<Outcome> {
  const path = join(binaries.folder, "bin", program);
  const [command, commandArgs, options] = asIdentity(identity, [path, dataFolder], path, args);
  return new Promise((resolve, reject) => {
    // Nothing of our own environment: PGDATA, PGPORT, LD_PRELOAD or a locale of the shell would change what the server does.
    const child = spawn(command, commandArgs, {
      ...options,
      cwd: "/",
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      if (output.length < OUTPUT_MAX) output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    // "exit", not "close": the started server inherits the pipes of pg_ctl and would hold them open for ever.
    child.on("exit", (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ exitCode: code ?? 1, output });
      });
    });
  });
}

/** The command that becomes the identity: plainly when it can reach the paths, else with the one capability that lets it through. */
function asIdentity(
  identity: Identity | null,
  paths: string[],
  program: string,
  args: readonly string[],
): [string, readonly string[], { uid?: number; gid?: number }] {
  if (identity === null) return [program, args, {}];
  const unreachable = paths.find((path) => !mayReach(path, identity));
  if (unreachable === undefined) return [program, args, { uid: identity.uid, gid: identity.gid }];
  const setpriv = SETPRIV_PLACES.find((place) => existsSync(place));
  if (setpriv === undefined) {
    throw new Refusal(
      `PostgreSQL cannot run as root, and the user it runs as (uid ${identity.uid}) cannot reach ${unreachable}: put Vinculo and VINCULO_HOME into a folder others may enter, install util-linux (setpriv), or start Vinculo as an ordinary user.`,
    );
  }
  const become = [
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
  ];
  return [setpriv, [...become, program, ...args], {}];
}
