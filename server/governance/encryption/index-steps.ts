import type { BlindPass, SealedColumn } from "../../platform/encryption/index.ts";

/** What a rotation of an index key does one after the other; each is done again without harm when it was cut off. */
export type IndexStep =
  | { readonly act: "make_key" | "exchange_keys" | "drop_key" }
  /** Nobody works any more by what the index was before the last act. */
  | { readonly act: "wait" }
  | { readonly act: "pass"; readonly pass: BlindPass };

/**
 * The new key is made: whoever writes a number writes both forms, whoever asks for one asks by both. When both stand everywhere the new one takes the place of
 * the old; when that stands nowhere that answers anything its key is dropped, and then what is left of it.
 */
export function indexSteps({ blindPlaces = [] }: Pick<SealedColumn, "blindPlaces">): IndexStep[] {
  const passes = (of: "add" | "change" | "clear"): IndexStep[] =>
    blindPlaces.flatMap((place) => (place[of] === undefined ? [] : [{ act: "pass", pass: place[of] }]));
  return [
    ...[{ act: "make_key" } as const, { act: "wait" } as const, ...passes("add")],
    ...[{ act: "exchange_keys" } as const, { act: "wait" } as const, ...passes("change")],
    ...[{ act: "drop_key" } as const, { act: "wait" } as const, ...passes("clear")],
  ];
}
