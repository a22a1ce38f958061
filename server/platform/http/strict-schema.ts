import { z } from "zod";

const known = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/**
 * The same schema, refusing unknown keys at every depth, so that a request cannot set what its contract does not name and an
 * answer cannot carry what its contract does not promise. Objects that say themselves what unknown keys may be
 * (`catchall`, `looseObject`, `record`) are left as they are.
 */
export function strictly<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  const done = known.get(schema);
  if (done !== undefined) return done as Schema;
  // A schema may refer to itself; what is still being built is looked up when it is used.
  known.set(
    schema,
    z.lazy(() => strict),
  );
  const strict: z.core.$ZodType = rebuild(schema);
  known.set(schema, strict);
  return strict as Schema;
}

function rebuild(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as z.core.$ZodTypes["_zod"]["def"];
  switch (def.type) {
    case "object": {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([key, value]) => [key, strictly(value)]));
      return z.core.clone(schema, { ...def, shape, catchall: def.catchall ?? z.never() } as z.core.$ZodTypeDef);
    }
    case "array":
      return withParts(schema, { element: strictly(def.element) });
    case "union":
      return withParts(schema, { options: def.options.map(strictly) });
    case "tuple":
      return withParts(schema, { items: def.items.map(strictly), rest: def.rest === null ? null : strictly(def.rest) });
    case "record":
    case "map":
      return withParts(schema, { valueType: strictly(def.valueType) });
    case "set":
      return withParts(schema, { valueType: strictly(def.valueType) });
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return withParts(schema, { innerType: strictly(def.innerType) });
    case "pipe":
      return withParts(schema, { in: strictly(def.in), out: strictly(def.out) });
    case "lazy":
      return withParts(schema, { getter: () => strictly(def.getter()) });
    default:
      // Leaves, and intersections: two strict halves would refuse each other's keys.
      return schema;
  }
}

function withParts(schema: z.core.$ZodType, parts: object): z.core.$ZodType {
  return z.core.clone(schema, { ...schema._zod.def, ...parts } as z.core.$ZodTypeDef);
}
