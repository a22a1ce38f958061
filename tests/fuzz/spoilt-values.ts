import fc, { type Arbitrary } from "fast-check";
import type { Schema } from "./schema-values.ts";

/** A body as it goes over the wire, and what is wrong with it. */
export interface Spoilt {
  readonly wrong: string;
  readonly text: string;
}

/** Keys that only the server sets. An endpoint that takes one of them by right names it in its schema. */
const serverOwned = [
  "id",
  "branchId",
  "ownerId",
  "createdBy",
  "createdAt",
  "storageKey",
  "role",
  "status",
  "sealed",
  "userId",
  "permissions",
];

/**
 * JSON texts that must be refused for a body of this schema, whatever it means: not JSON, of another type, with keys nobody asked for, with a
 * required key missing, nested beyond reason, with numbers, characters and keys that have broken other products.
 */
export function spoiltBodies(schema: Schema, good: unknown): Arbitrary<Spoilt> {
  const json = JSON.stringify(good);
  const whole = [
    ...["", "{", "[", "nul", `${json},`, `${json}${json}`, "\u0000", "{'a':1}", "NaN"].map((text) => ({ wrong: "not JSON", text })),
    ...["true", "7", '"text"', "[[[]]]"].map((text) => ({ wrong: "another type", text })),
    { wrong: "nested 10,000 deep", text: `${"[".repeat(10_000)}${"]".repeat(10_000)}` },
  ];
  const offered: Arbitrary<Spoilt>[] = [fc.constantFrom(...whole)];
  if (isObject(good)) {
    const properties = schema.properties ?? {};
    const keys = [...serverOwned, "unasked", "constructor", "toString"].filter((key) => !Object.hasOwn(properties, key));
    offered.push(fc.constantFrom(...keys).map((key) => ({ wrong: `unasked key ${key}`, text: JSON.stringify({ ...good, [key]: 1 }) })));
    offered.push(fc.constant({ wrong: "__proto__", text: json.replace(/^\{/, `{"__proto__":{"admin":true}${json === "{}" ? "" : ","}`) }));
    const [first] = Object.keys(good);
    if (first !== undefined) offered.push(fc.constant({ wrong: "a key twice", text: `{${JSON.stringify(first)}:null,${json.slice(1)}` }));
    const required = (schema.required ?? []).filter((key) => Object.hasOwn(good, key));
    if (required.length > 0) {
      offered.push(
        fc.constantFrom(...required).map((key) => ({
          wrong: `without ${key}`,
          text: JSON.stringify(Object.fromEntries(Object.entries(good).filter(([name]) => name !== key))),
        })),
      );
    }
    offered.push(...ofOneField(properties, good));
  }
  return fc.oneof(...offered);
}

/** One field of a type its schema does not take: an object where a text or a number belongs, a text with NUL, a number beyond all numbers. */
function ofOneField(properties: Readonly<Record<string, Schema>>, good: Record<string, unknown>): Arbitrary<Spoilt>[] {
  const simple = Object.entries(properties).filter(
    ([, { type }]) => type === "string" || type === "integer" || type === "number" || type === "boolean",
  );
  if (simple.length === 0) return [];
  const wrongs = ['{"$ne":null}', "[[1]]", '{"toString":"x"}', "1e999", "-1e999", '"\\u0000"', '"\\ud800"'];
  return [
    fc.tuple(fc.constantFrom(...simple), fc.constantFrom(...wrongs)).map(([[name], wrong]) => ({
      wrong: `${name}: ${wrong}`,
      text: JSON.stringify({ ...good, [name]: "¤¤¤" }).replace('"¤¤¤"', wrong),
    })),
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
