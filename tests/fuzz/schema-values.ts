import fc, { type Arbitrary } from "fast-check";

/** The part of JSON Schema 2020-12 that docs/api/openapi.json uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

const DEPTH_MAX = 6;
const LENGTH_MAX = 40;
const ITEMS_MAX = 3;

/** Texts that have broken somebody's product: quotes, formulas, markup, other scripts, directions, digits, width and no width. */
const troubling = [
  ...[
    "'",
    '"',
    "\\",
    "%",
    "_",
    ";",
    "--",
    "/* */",
    "$\u007b7*7}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(1)",
    "../../etc/passwd",
  ],
  "\r\nSet-Cookie:a=b",
  ...[
    "محمد",
    "نیلوفر\u200cها",
    "陈晓雯",
    "Ñandú",
    "\u202egnp.exe",
    "\u200b",
    "＝1",
    "١٢٣",
    "𝔘𝔫",
    "e\u0301",
    " ",
    "1e309",
    "null",
    "__proto__",
  ],
];

/** Values that satisfy the schema; the root is asked for what `$ref` names. */
export function valuesOf(schema: Schema, root: object = {}, depth = 0): Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valuesOf(resolve(schema.$ref, root), root, depth + 1);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    // Deep inside, the shallowest choice ends a schema that contains itself.
    const offered = depth > DEPTH_MAX ? choices.slice(0, 1) : choices;
    return fc.oneof(...offered.map((choice) => valuesOf(choice, root, depth + 1)));
  }
  if (schema.allOf !== undefined) {
    return fc.tuple(...schema.allOf.map((part) => valuesOf(part, root, depth))).map((parts) => Object.assign({}, ...(parts as object[])));
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 1) return fc.oneof(...types.map((type) => valuesOf({ ...schema, type }, root, depth)));
  return ofType(types[0], schema, root, depth);
}

function ofType(type: string | undefined, schema: Schema, root: object, depth: number): Arbitrary<unknown> {
  switch (type) {
    case "string":
      return texts(schema);
    case "integer":
      return fc.integer(bounds(schema, 1));
    case "number":
      return fc.double({ ...bounds(schema, 0), noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(schema.items === undefined ? fc.constant(null) : valuesOf(schema.items, root, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? ITEMS_MAX, depth > DEPTH_MAX ? 0 : ITEMS_MAX)),
      });
    case "object":
      return objects(schema, root, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function bounds(schema: Schema, step: number): { min: number; max: number } {
  const min = schema.exclusiveMinimum === undefined ? schema.minimum : schema.exclusiveMinimum + step;
  const max = schema.exclusiveMaximum === undefined ? schema.maximum : schema.exclusiveMaximum - step;
  const low = Math.max(min ?? -1000, -(2 ** 31));
  return { min: low, max: Math.max(low, Math.min(max ?? low + 1000, 2 ** 31 - 1)) };
}

function texts(schema: Schema): Arbitrary<string> {
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? LENGTH_MAX, LENGTH_MAX));
  if (schema.format === "uuid") return fc.uuid({ version: 7 });
  if (schema.format === "date")
    return fc
      .date({ min: new Date("2000-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  if (schema.format === "date-time")
    return fc.date({ min: new Date("2000-01-01"), max: new Date("2030-12-31"), noInvalidDate: true }).map((moment) => moment.toISOString());
  if (schema.format === "email") return fc.constantFrom("ana@vinculo.example", "a.b+c@mail.example");
  if (schema.format === "uri") return fc.constantFrom("https://bank.example/", "http://bank.example:8080/a?b=c");
  if (schema.pattern !== undefined) {
    const [least, most] = [schema.minLength ?? 0, schema.maxLength ?? Number.POSITIVE_INFINITY];
    return fc.stringMatching(new RegExp(schema.pattern, "u")).filter(({ length }) => length >= least && length <= most);
  }
  const fits = troubling.filter((text) => text.length >= minLength && text.length <= maxLength);
  const any = fc.string({ unit: "grapheme", minLength, maxLength });
  return fits.length === 0 ? any : fc.oneof(any, fc.constantFrom(...fits));
}

function objects(schema: Schema, root: object, depth: number): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valuesOf(of, root, depth + 1)]));
  const known = fc.record(fields, { requiredKeys: depth > DEPTH_MAX ? [...required] : [...required] });
  if (typeof additionalProperties !== "object" || Object.keys(properties).length > 0) return known;
  const names =
    propertyNames === undefined ? fc.stringMatching(/^[a-z]{1,8}$/) : (valuesOf(propertyNames, root, depth + 1) as Arbitrary<string>);
  return fc.dictionary(names, valuesOf(additionalProperties, root, depth + 1), { maxKeys: ITEMS_MAX });
}

function resolve(ref: string, root: object): Schema {
  const found = ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>(
      (inner, name) => (inner as Record<string, unknown> | undefined)?.[name.replaceAll("~1", "/").replaceAll("~0", "~")],
      root,
    );
  if (found === undefined) throw new Error(`${ref} leads nowhere`);
  return found as Schema;
}
