import type { MatchRecord } from "./matching/index.ts";

/** One value claimed by more parties than this is no evidence (a placeholder, an agent's own id): nobody is joined by it. */
export const PARTIES_PER_KEY_MAX = 20;

const strongSchemes: Readonly<Record<MatchRecord["kind"], readonly string[]>> = {
  person: ["national_id", "tax_id"],
  organisation: ["registration", "tax_id", "lei"],
};

/** The verified identifiers that make two parties one by themselves: scheme, country and value, as one text. */
export function strongKeys({ kind, identifiers = [] }: MatchRecord): string[] {
  return identifiers
    .filter(({ scheme, verified }) => verified === true && strongSchemes[kind].includes(scheme))
    .map(({ scheme, country = "", value }) => JSON.stringify([kind, scheme, country, value]));
}

export interface StrongPair {
  readonly a: number;
  readonly b: number;
  readonly scheme: string;
}

/** Which of the parties share a strong key, each with the first that has it; places in the given list. */
export function strongPairs(parties: readonly { readonly strong: readonly string[] }[]): StrongPair[] {
  const holders = new Map<string, number[]>();
  for (const [place, { strong }] of parties.entries()) {
    for (const key of strong) {
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [place]);
      else if (!known.includes(place)) known.push(place);
    }
  }
  return [...holders].flatMap(([key, places]) => {
    const [first = 0, ...others] = places;
    if (places.length > PARTIES_PER_KEY_MAX) return [];
    return others.map((b) => ({ a: first, b, scheme: (JSON.parse(key) as string[])[1] ?? "" }));
  });
}
