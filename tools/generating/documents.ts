import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dumpSchema } from "./schema-dump.ts";
import { catalogueOfMigrations } from "./scratch-catalogue.ts";
import { tableTypes } from "./table-types.ts";

/** A file that is made from something else in the repository, and its text as it should be now. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Parts that fail each for itself, so that one broken part does not hide the others. */
export interface Generator {
  readonly name: string;
  make(root: string): Promise<GeneratedFile[]>;
}

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

/** A JSON document that a function of the server, which takes nothing, answers with. */
function document(path: string, source: string, functionName: string): Generator {
  return {
    name: path,
    async make(root) {
      const file = join(root, source);
      if (!existsSync(file)) throw new Error(`${source}, from which ${path} is made, does not exist`);
      const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      const make = exported[functionName];
      if (typeof make !== "function") throw new Error(`${source} does not export the function ${functionName}`);
      const made: unknown = await make();
      return [{ path, text: `${JSON.stringify(made, null, 2)}\n` }];
    },
  };
}

export const generators: readonly Generator[] = [
  database,
  document("docs/api/openapi.json", "server/main/openapi.ts", "openApiDocument"),
  document("docs/api/mapping.schema.json", "server/customers/intake/mapping/index.ts", "mappingJsonSchema"),
];
