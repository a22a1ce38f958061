import fc from "fast-check";
import { expect, test } from "vitest";
import { isOneSlip, jaroAtMost, jaroWinkler, osaDistance } from "./similarity.ts";

/** Both words in one array, as the pool holds them. */
function placed(a: string, b: string): [Uint16Array, number, number, number, number] {
  return [Uint16Array.from([...`${a}${b}`].map((unit) => unit.charCodeAt(0))), 0, a.length, a.length, b.length];
}

function plainJaroWinkler(a: string, b: string): number {
  if (a === "" || b === "") return a === b ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Array<boolean>(b.length).fill(false);
  const left: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j += 1) {
      if (taken[j] !== true && a[i] === b[j]) {
        taken[j] = true;
        left.push(a[i] ?? "");
        break;
      }
    }
  }
  const right = [...b].filter((_, place) => taken[place]);
  if (left.length === 0) return 0;
  const crossed = left.filter((letter, place) => letter !== right[place]).length;
  const jaro = (left.length / a.length + left.length / b.length + (left.length - crossed / 2) / left.length) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro;
}

function plainOsa(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_row, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (rows[i] ?? [])[j] = best;
    }
  }
  return at(a.length, b.length);
}

const letters = fc.constantFrom(..."abcdeأبتثج王李张ñé");
const word = fc.array(letters, { maxLength: 32 }).map((units) => units.join(""));
/** Mostly near each other: a word and a few changes to it. */
const words = fc.oneof(
  fc.tuple(word, word),
  fc.tuple(word, fc.nat(31), letters).map(([a, place, letter]): [string, string] => [a, a.slice(0, place) + letter + a.slice(place + 1)]),
  fc
    .tuple(word, fc.nat(31))
    .map(([a, place]): [string, string] => [a, a.slice(0, place) + (a[place + 1] ?? "") + (a[place] ?? "") + a.slice(place + 2)]),
  fc.tuple(word, fc.nat(31)).map(([a, place]): [string, string] => [a, a.slice(0, place) + a.slice(place + 1)]),
);

test("Jaro-Winkler by bits is Jaro-Winkler by letters, in every script, up to 32 units", () => {
  fc.assert(
    fc.property(words, ([a, b]) => {
      expect(jaroWinkler(...placed(a, b))).toBeCloseTo(plainJaroWinkler(a, b), 12);
    }),
    { numRuns: 4_000 },
  );
});

test("the distance by bits is the distance by table, and one slip is a distance of one", () => {
  const check = ([a, b]: readonly [string, string]) => {
    const distance = plainOsa(a, b);
    expect(osaDistance(...placed(a, b))).toBe(distance);
    expect(isOneSlip(...placed(a, b))).toBe(distance === 1);
  };
  fc.assert(fc.property(words, check), { numRuns: 4_000 });
});

test("no similarity passes the bound that the letters give", () => {
  const lettersOf = (text: string) => [...text].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) & 31)), 0) >>> 0;
  const check = ([a, b]: readonly [string, string]) => {
    if (a === "" || b === "") return;
    const bound = jaroAtMost(lettersOf(a), a.length, lettersOf(b), b.length);
    const near = plainJaroWinkler(a, b);
    if (near < 0.7) expect(near).toBeLessThanOrEqual(bound + 1e-12);
    else expect(bound).toBeGreaterThanOrEqual(0.7 - 1e-12);
  };
  fc.assert(fc.property(words, check), { numRuns: 4_000 });
});
