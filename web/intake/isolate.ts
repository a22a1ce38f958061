/**
 * A name of unknown script inside a message: its direction stays its own and does not turn the sentence round. The marks (first strong isolate,
 * pop directional isolate) are what `<bdi>` does, for places where a message is text.
 */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
