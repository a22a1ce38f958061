import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { GeneratedFile } from "./generated-file.ts";

const Locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
});
const Lockfile = z.object({ version: z.string(), packages: z.record(z.string(), Locked) });

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly sha512: string | null;
}

/** What a bank installs to run the product, in CycloneDX 1.5 and as a list of licences: both follow from package-lock.json alone. */
export function billOfMaterials(root: string): GeneratedFile[] {
  const { version, packages } = Lockfile.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const components = componentsOf(packages);
  return [
    { path: "docs/security/bill-of-materials.cdx.json", text: cycloneDx(version, components) },
    { path: "docs/security/licences.md", text: licences(components) },
  ];
}

function componentsOf(packages: z.infer<typeof Lockfile>["packages"]): Component[] {
  const known = new Map<string, Component>();
  for (const [path, locked] of Object.entries(packages)) {
    // Packages for other systems have no integrity: they are named in the lockfile and never installed.
    if (path === "" || locked.dev || locked.version === undefined || locked.integrity === undefined) continue;
    const name = path.replace(/^.*node_modules\//, "");
    const sha512 = /^sha512-(.+)$/.exec(locked.integrity)?.[1] ?? null;
    known.set(`${name}@${locked.version}`, { name, version: locked.version, licence: locked.license ?? "unknown", sha512 });
  }
  return [...known.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function cycloneDx(version: string, components: readonly Component[]): string {
  const licenceOf = (licence: string) => (/\s(OR|AND)\s|[()]/.test(licence) ? { expression: licence } : { license: { id: licence } });
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { type: "application", name: "vinculo", version, licenses: [{ license: { id: "Apache-2.0" } }] } },
    components: components.map(({ name, version: of, licence, sha512 }) => ({
      type: "library",
      name,
      version: of,
      purl: `pkg:npm/${name.replace("@", "%40")}@${of}`,
      licenses: [licenceOf(licence)],
      ...(sha512 === null ? {} : { hashes: [{ alg: "SHA-512", content: Buffer.from(sha512, "base64").toString("hex") }] }),
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function licences(components: readonly Component[]): string {
  const groups = [...Map.groupBy(components, ({ licence }) => licence)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = groups.map(
    ([licence, of]) => `| ${licence} | ${of.length} | ${of.map(({ name, version }) => `${name} ${version}`).join(", ")} |`,
  );
  return [
    "# Licences",
    "",
    `What an installation runs: ${components.length} packages, and PostgreSQL (PostgreSQL licence) and Node.js (MIT) inside two of them. Made from package-lock.json;`,
    "`npm run check -- licences` refuses a licence that is not on the list of allowed ones.",
    "",
    "| licence | packages | which |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
