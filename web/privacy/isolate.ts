/** A name within a sentence of another script keeps its own direction. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
