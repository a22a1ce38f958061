import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Step } from "./step.ts";

const Advisories = z.array(
  z.strictObject({ package: z.string(), fixedIn: z.string().regex(/^\d+\.\d+\.\d+$/), advisory: z.string(), about: z.string() }),
);
const Lockfile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** Whether a version comes before the one that mends it; a pre-release of the mending version does not have it yet. */
export function isBefore(version: string, fixedIn: string): boolean {
  const numbers = (text: string) => text.split(/[.+-]/).slice(0, 3).map(Number);
  const [mine, mended] = [numbers(version), numbers(fixedIn)];
  const place = mine.findIndex((number, index) => number !== mended[index]);
  return place === -1 ? version.includes("-") : (mine[place] ?? 0) < (mended[place] ?? 0);
}

/** Works without a network: the list is kept by hand in docs/security/advisories.json and grows with what is learned. */
export const noKnownAdvisory: Step = {
  name: "no package with a known advisory",
  run(root) {
    const advisories = Advisories.parse(JSON.parse(readFileSync(join(root, "docs/security/advisories.json"), "utf8")));
    const { packages } = Lockfile.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
    return Object.entries(packages).flatMap(([path, { version }]) =>
      advisories
        .filter(
          ({ package: name, fixedIn }) => path.endsWith(`node_modules/${name}`) && version !== undefined && isBefore(version, fixedIn),
        )
        .map(({ package: name, fixedIn, advisory, about }) => `${name} ${version}: ${advisory}, ${about}; mended in ${fixedIn}`),
    );
  },
};
