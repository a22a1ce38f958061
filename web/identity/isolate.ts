/** A name of unknown script inside a message keeps its own direction and does not turn the sentence round: what `<bdi>` does, where text is plain. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
