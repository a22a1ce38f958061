import type { z } from "zod";
import { DomainError } from "../errors/index.ts";
import { hasCardNumber } from "../text/index.ts";
import { isReference } from "./contract.ts";
import { type Place, pathOf } from "./input-path.ts";

const PLACES_MAX = 20;

type Def = z.core.$ZodTypes["_zod"]["def"];

/**
 * No text of a request that is kept may hold the number of a payment card (PCI DSS 4.0.1, 3.3 and 3.5): it would lie unprotected in notes, reasons and
 * names. Looked at is what a schema takes as free text; what has a format of its own (ids, amounts, days), and what it calls a reference, is not.
 * Fails with: card_number, naming the fields and never the number.
 */
export function refuseCardNumbers(schema: z.core.$ZodType | undefined, value: unknown, place: Place): void {
  const found: PropertyKey[][] = [];
  if (schema !== undefined) look(schema, value, [], found);
  if (found.length === 0) return;
  const fields = found.slice(0, PLACES_MAX).map((path) => ({ path: pathOf(place, path), reason: "card_number" }));
  throw new DomainError("card_number", `${place}: a text holds a card number`, { fields });
}

function look(schema: z.core.$ZodType, value: unknown, path: PropertyKey[], found: PropertyKey[][]): void {
  if (value === undefined || value === null || isReference(schema)) return;
  const def = schema._zod.def as Def;
  if (def.type === "string") {
    if (typeof value === "string" && isFree(def) && hasCardNumber(value)) found.push(path);
    return;
  }
  for (const [part, inner, key] of partsOf(def, value)) look(part, inner, key === null ? path : [...path, key], found);
}

const isFree = (def: Extract<Def, { type: "string" }>): boolean =>
  !("format" in def) && !(def.checks ?? []).some((check) => check._zod.def.check === "string_format");

type Part = readonly [schema: z.core.$ZodType, value: unknown, key: PropertyKey | null];

function partsOf(def: Def, value: unknown): readonly Part[] {
  switch (def.type) {
    case "object":
      return Object.entries(def.shape).map(([key, part]) => [part, (value as Record<string, unknown>)[key], key] as const);
    case "array":
      return (Array.isArray(value) ? value : [value]).map((item, at) => [def.element, item, at] as const);
    case "record":
      return Object.entries(value as object).flatMap(([key, item]) => [
        [def.keyType, key, key] as const,
        [def.valueType, item, key] as const,
      ]);
    case "union":
      return def.options.map((option) => [option, value, null] as const);
    case "intersection":
      return [[def.left, value, null] as const, [def.right, value, null] as const];
    case "pipe":
      return [[def.in, value, null] as const];
    case "lazy":
      return [[def.getter(), value, null] as const];
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return [[def.innerType, value, null] as const];
    default:
      return [];
  }
}
