import type { FieldView, RecordView } from "./mapping-document.ts";
import type { PreviewFile } from "./use-check.ts";

export interface Sample {
  /** What the file says; null for a field that no single column feeds. */
  readonly before: string | null;
  readonly after: string | null;
  /** ISO 4217 where `after` is an amount in minor units of it. */
  readonly currency: string | null;
  /** A reason of quarantine. */
  readonly problem: string | null;
}

/** The first row in which the field says something, or is what is wrong. */
export function sampleOf(preview: PreviewFile | undefined, record: RecordView, field: FieldView): Sample | null {
  if (!preview || field.source.how === "nothing") return null;
  const ofKind = preview.records.filter((one) => one.kind === record.kind);
  const samples = ofKind.map((one): Sample => {
    const before = cellOf(preview, one.line, field);
    // Phones and addresses of a customer become records of their own: of them the file's own words are shown.
    const read = field.name === "key" ? one.key : field.name in one.values ? (one.values[field.name] ?? null) : before;
    // The server answers what it would write, and it writes money in minor units; of which currency, where that could be read.
    const money = field.field?.type === "money" && read !== null && field.name in one.values;
    const currency = money ? (one.values.currency ?? null) : null;
    const after = money && currency === null ? before : read;
    return { before, after, currency, problem: one.problem?.field === field.name ? one.problem.reason : null };
  });
  // A blank after it all is shown only when no row of the beginning says more.
  return (
    samples.find((sample) => sample.problem !== null) ??
    samples.find((sample) => sample.after !== null && sample.after !== "") ??
    samples[0] ??
    null
  );
}

function cellOf(preview: PreviewFile, line: number, field: FieldView): string | null {
  if (field.source.how !== "column") return null;
  const index = preview.columns.indexOf(field.source.column);
  return index === -1 ? null : (preview.rows.find((row) => row.line === line)?.cells[index] ?? null);
}
