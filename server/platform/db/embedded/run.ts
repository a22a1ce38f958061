import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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
  const capability = passingCapability();
  if (setpriv === undefined || capability === null) {
    throw new Refusal(
      `PostgreSQL cannot run as root, and the user it runs as (uid ${identity.uid}) cannot reach ${unreachable}: put Vinculo and VINCULO_HOME into a folder others may enter, ${setpriv === undefined ? "install util-linux (setpriv), " : ""}or start Vinculo as an ordinary user.`,
    );
  }
  // Without no_setuid_fixup the kernel leaves the capability out of access(2), by which initdb looks for the postgres program.
  const become = [
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=-all,+${capability}`,
  ];
  return [setpriv, [...become, program, ...args], {}];
}

// Bits of linux/capability.h. The first only reads and passes folders; containers often have the second alone.
const CAPABILITIES = [
  ["dac_read_search", 2n],
  ["dac_override", 1n],
] as const;

function passingCapability(): string | null {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0"}`);
  return CAPABILITIES.find(([, bit]) => (effective >> bit) & 1n)?.[0] ?? null;
}
