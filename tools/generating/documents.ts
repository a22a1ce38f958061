import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { factColumnsSql } from "../../server/intelligence/facts/index.ts";
import type { buildOpenApi } from "../../server/main/openapi.ts";
import type { Endpoint } from "../../server/platform/http/contract.ts";
import { billOfMaterials } from "./bill-of-materials.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { dumpSchema } from "./schema-dump.ts";
import { catalogueOfMigrations } from "./scratch-catalogue.ts";
import { tableTypes } from "./table-types.ts";

/** Parts that fail each for itself, so that one broken part does not hide the others. */
export interface Generator {
  readonly name: string;
  make(root: string): Promise<GeneratedFile[]>;
}

const factColumns: Generator = {
  name: "db/repeatable/facts.sql",
  async make(root) {
    const make = (await exported(root, "server/intelligence/facts/index.ts", "factColumnsSql")) as typeof factColumnsSql;
    return [{ path: "db/repeatable/facts.sql", text: make() }];
  },
};

const materials: Generator = { name: "bill of materials and licences", make: async (root) => billOfMaterials(root) };

/** Both come from the migrations, so one scratch database serves both. */
const database: Generator = {
  name: "schema.sql and table types",
  async make() {
    const catalogue = await catalogueOfMigrations();
    return [
      { path: "db/schema.sql", text: dumpSchema(catalogue) },
      { path: "server/platform/db/tables.ts", text: tableTypes(catalogue) },
    ];
  },
};

/** What `source` exports by this name; says so where the file or the name is missing. */
async function exported(root: string, source: string, name: string): Promise<unknown> {
  const file = join(root, source);
  if (!existsSync(file)) throw new Error(`${source} does not exist`);
  const found = ((await import(pathToFileURL(file).href)) as Record<string, unknown>)[name];
  if (found === undefined) throw new Error(`${source} does not export ${name}`);
  return found;
}

const asFile = (path: string, document: unknown): GeneratedFile => ({ path, text: `${JSON.stringify(document, null, 2)}\n` });

const openApi: Generator = {
  name: "docs/api/openapi.json",
  async make(root) {
    const build = (await exported(root, "server/main/openapi.ts", "buildOpenApi")) as typeof buildOpenApi;
    const endpoints = (await exported(root, "server/main/wiring.ts", "endpoints")) as readonly Endpoint[];
    return [asFile("docs/api/openapi.json", build(endpoints))];
  },
};

const mappingSchema: Generator = {
  name: "docs/api/mapping.schema.json",
  async make(root) {
    const make = (await exported(root, "server/customers/intake/mapping/index.ts", "mappingJsonSchema")) as () => unknown;
    return [asFile("docs/api/mapping.schema.json", make())];
  },
};

export const generators: readonly Generator[] = [factColumns, database, openApi, mappingSchema, materials];
