import { z } from "zod";
import { Mapping } from "./mapping.ts";

/**
 * The mapping language as JSON Schema (2020-12), for editors. A mapping's scalars are text to Vinculo (01 stays 01), but an editor reads YAML's own
 * numbers and booleans: those are let through where their text is meant.
 *
 * @public written to docs/api by the generator, which asks for it by name
 */
export function mappingJsonSchema(): object {
  const schema = z.toJSONSchema(Mapping, {
    io: "input",
    reused: "ref",
    override: ({ zodSchema, jsonSchema }) => {
      const { vinculo, minimum, maximum } = z.globalRegistry.get(zodSchema) ?? {};
      if (vinculo === "scalar") {
        replace(jsonSchema, { type: ["string", "number", "boolean"] });
      } else if (vinculo === "integer") {
        replace(jsonSchema, { type: "integer", minimum, maximum });
      } else if (vinculo === "boolean") {
        replace(jsonSchema, { type: "boolean" });
      }
    },
  }) as { properties: Record<string, unknown>; $defs?: Record<string, unknown> };
  const { properties, $defs = {}, ...rest } = schema;
  const document = {
    ...rest,
    title: "Vinculo mapping",
    description: "How the files of one source become records. See mapping.md.",
    properties: { ...properties, vinculo: { enum: [1, "1"] } },
  };
  return { ...document, $defs: onlyUsed($defs, document) };
}

function replace(schema: object, by: object): void {
  for (const key of Object.keys(schema)) {
    Reflect.deleteProperty(schema, key);
  }
  Object.assign(schema, by);
}

/** Definitions that the document leads to, numbered anew in the order of their use. */
function onlyUsed(definitions: Readonly<Record<string, unknown>>, document: object): Record<string, unknown> {
  const used = new Map<string, unknown>();
  const visit = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (!used.has(name)) {
        used.set(name, definitions[name]);
        visit(definitions[name]);
      }
    }
  };
  visit(document);
  return Object.fromEntries(used);
}
