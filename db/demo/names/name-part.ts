import { Weighted } from "../random.ts";

/** A name as its bearer writes it, and the ways it is spelt in Latin letters: passport first, then what clerks write. */
export interface NamePart {
  readonly native: string;
  readonly latin: readonly string[];
}

/**
 * Reads a list like `محمد|Mohammed/Muhammad|9; علي|Ali|4`: native, Latin spellings, weight. Without Latin spellings the native one serves;
 * without a weight it falls from first to last as names do (Zipf).
 */
export function nameParts(list: string): Weighted<NamePart> {
  const entries = list
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return new Weighted(
    entries.map((entry, place) => {
      const [native = "", latin, weight] = entry.split("|").map((field) => field.trim());
      const spellings = latin === undefined || latin === "" ? [native] : latin.split("/");
      return [{ native, latin: spellings }, weight === undefined ? 12 / (place + 6) : Number(weight)] as const;
    }),
  );
}

/** The Latin spelling a clerk chose: most often the passport's. */
export function spelling(part: NamePart, choice: number): string {
  const place = choice < 0.55 ? 0 : Math.floor(((choice - 0.55) / 0.45) * part.latin.length);
  return part.latin[place] ?? part.native;
}
