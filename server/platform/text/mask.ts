/**
 * Hides all but the last `shown` characters behind four dots, whatever was hidden, so that the length does not tell: "••••1234".
 * A value no longer than twice what would be shown is hidden whole: its tail would give most of it away.
 */
export function maskLast(value: string, shown: number): string {
  const characters = [...value];
  return characters.length <= shown * 2 ? "••••" : `••••${characters.slice(-shown).join("")}`;
}
