interface FixableRow {
  readonly quarantineId: string;
  readonly version: number;
  readonly loadNo: number;
  readonly file: string;
  readonly column: string | null;
  readonly raw: Readonly<Record<string, string | null>>;
}

export type Batch = readonly { readonly quarantineId: string; readonly version: number; readonly raw: Record<string, string | null> }[];

interface Replacement {
  readonly wrong: string;
  readonly right: string;
  /** Most rows of one batch. */
  readonly batchMax: number;
}

/** The rows whose wrong column says exactly `wrong`, corrected; rows of one file of one load together, as the server takes them. */
export function batchesOf(rows: readonly FixableRow[], { wrong, right, batchMax }: Replacement): Batch[] {
  const byFile = new Map<string, FixableRow[]>();
  for (const row of rows) {
    if (row.column === null || (row.raw[row.column] ?? "") !== wrong) continue;
    const file = `${row.loadNo} ${row.file}`;
    byFile.set(file, [...(byFile.get(file) ?? []), row]);
  }
  return [...byFile.values()].flatMap((same) => {
    const corrected = same.map(({ quarantineId, version, column, raw }) => ({
      quarantineId,
      version,
      raw: { ...raw, [column ?? ""]: right },
    }));
    return Array.from({ length: Math.ceil(corrected.length / batchMax) }, (_, index) =>
      corrected.slice(index * batchMax, (index + 1) * batchMax),
    );
  });
}
