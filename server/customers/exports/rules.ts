/** Who took it, when, and under which number it stands on the trail: at the end of every row. */
export function watermark(exportId: string, by: string, at: Date): string {
  return `${exportId} ${by} ${at.toISOString()}`;
}

export function fileName(what: string, at: Date, exportId: string, format: string): string {
  return `${what}-${at.toISOString().slice(0, 10)}-${exportId.slice(-8)}.${format}`;
}
