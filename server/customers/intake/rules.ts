import type { BalanceBreak, ControlTotal, ExpectedTotal, KindCounts, LoadReport } from "./contract.ts";

export const noCounts: KindCounts = { read: 0, created: 0, updated: 0, linked: 0, unchanged: 0, quarantined: 0 };

export function addCounts(a: Readonly<Record<string, KindCounts>>, b: Readonly<Record<string, KindCounts>>): Record<string, KindCounts> {
  const sum: Record<string, KindCounts> = { ...a };
  for (const [kind, counts] of Object.entries(b)) {
    const before = sum[kind] ?? noCounts;
    sum[kind] = {
      read: before.read + counts.read,
      created: before.created + counts.created,
      updated: before.updated + counts.updated,
      linked: before.linked + counts.linked,
      unchanged: before.unchanged + counts.unchanged,
      quarantined: before.quarantined + counts.quarantined,
    };
  }
  return sum;
}

export function addNumbers(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [name, number] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + number;
  return sum;
}

/** The kinds of which a record went missing or appeared twice: read is not the sum of what became of them. */
export function unaccounted(kinds: Readonly<Record<string, KindCounts>>): string[] {
  return Object.entries(kinds)
    .filter(([, counts]) => counts.read !== counts.created + counts.updated + counts.linked + counts.unchanged + counts.quarantined)
    .map(([kind]) => kind);
}

/** Money of one kind and currency in one chunk, as the file says it and as the rows that did not land say it. Minor units as decimal text. */
export interface ChunkTotal {
  readonly kind: string;
  readonly currency: string;
  readonly rows: number;
  readonly fileMinor: string;
  readonly quarantinedMinor: string;
  /** Of records that were there already, with the same content. */
  readonly unchangedMinor: string;
}

/** Money of one kind and currency that the rows of the load have in the database now. */
export interface LandedTotal {
  readonly kind: string;
  readonly currency: string;
  readonly minor: string;
}

/** Adds up the chunks and sets them against the database, which was asked after the last of them. */
export function controlTotals(chunks: readonly ChunkTotal[], landed: readonly LandedTotal[]): ControlTotal[] {
  const sums = new Map<string, { kind: string; currency: string; rows: number; file: bigint; quarantined: bigint; database: bigint }>();
  const at = (kind: string, currency: string) => {
    const key = `${kind} ${currency}`;
    const known = sums.get(key) ?? { kind, currency, rows: 0, file: 0n, quarantined: 0n, database: 0n };
    sums.set(key, known);
    return known;
  };
  for (const chunk of chunks) {
    const sum = at(chunk.kind, chunk.currency);
    sum.rows += chunk.rows;
    sum.file += BigInt(chunk.fileMinor);
    sum.quarantined += BigInt(chunk.quarantinedMinor);
    sum.database += BigInt(chunk.unchangedMinor);
  }
  for (const row of landed) at(row.kind, row.currency).database += BigInt(row.minor);
  return [...sums.values()]
    .sort((a, b) => (a.kind < b.kind || (a.kind === b.kind && a.currency < b.currency) ? -1 : 1))
    .map((sum) => ({
      kind: sum.kind,
      currency: sum.currency,
      rows: sum.rows,
      fileMinor: String(sum.file),
      quarantinedMinor: String(sum.quarantined),
      databaseMinor: String(sum.database),
      differenceMinor: String(sum.file - sum.quarantined - sum.database),
    }));
}

export interface ReportParts {
  readonly kinds: Record<string, KindCounts>;
  readonly holdings: Record<string, number>;
  readonly totals: ControlTotal[];
  readonly accounts: number;
  readonly broken: number;
  readonly breaks: BalanceBreak[];
  readonly expectedTotals: ExpectedTotal[];
  readonly quarantineReasons: LoadReport["quarantineReasons"];
  readonly filesLeftOut: string[];
  readonly cardCells: Record<string, number>;
  readonly partiesMoved: number;
  readonly seconds: number;
  readonly dryRun: boolean;
  readonly complete: boolean;
}

export function reportOf(parts: ReportParts): LoadReport {
  const { totals, accounts, broken, breaks, ...rest } = parts;
  return { ...rest, controlTotals: totals, runningBalances: { accounts, broken, breaks } };
}

/** Why a load may not be called done, or null: a record unaccounted for, or money that differs. */
export function disagreement(report: LoadReport): string | null {
  const kinds = unaccounted(report.kinds);
  if (kinds.length > 0) return `records unaccounted for: ${kinds.join(", ")}`;
  const money = report.controlTotals.filter((total) => total.differenceMinor !== "0");
  if (money.length > 0)
    return `money differs: ${money.map((total) => `${total.kind} ${total.currency} by ${total.differenceMinor}`).join(", ")}`;
  return null;
}

/** Decimal texts added up without loss. */
export function addDecimals(texts: readonly string[]): string {
  const decimals = Math.max(0, ...texts.map((text) => (text.split(".")[1] ?? "").length));
  const units = texts.reduce((sum, text) => {
    const [whole = "0", fraction = ""] = text.split(".");
    return sum + BigInt(whole + fraction.padEnd(decimals, "0"));
  }, 0n);
  if (decimals === 0) return String(units);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Decimal text without the zeros that say nothing: 1.50 and 1.5 are one number. */
export function plainDecimal(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

interface Announced {
  readonly rows: number | null;
  readonly sums: Readonly<Record<string, string | null>>;
}

/** What the sender announced for a file beside what was read of it. `chunks`: rows, s1, s2 … of each chunk; `summed`: the columns s1, s2 … stand for. */
export function expectedTotals(
  file: string,
  announced: Announced,
  summed: readonly string[],
  chunks: readonly Readonly<Record<string, string>>[],
): ExpectedTotal[] {
  const total = (name: string) => plainDecimal(addDecimals(chunks.map((chunk) => chunk[name] ?? "0")));
  const line = (what: string, expected: string | null, read: string, missing: { uncut: number; unreadable: number }) => ({
    file,
    what,
    expected: expected ?? "?",
    read,
    fits: expected !== null && plainDecimal(expected) === read,
    ...missing,
  });
  const uncut = Number(total("uncut"));
  const sums = summed.map((column, index) =>
    line(column, announced.sums[column] ?? null, total(`s${index + 1}`), { uncut, unreadable: Number(total(`u${index + 1}`)) }),
  );
  const rows = announced.rows === null ? [] : [line("rows", String(announced.rows), total("rows"), { uncut: 0, unreadable: 0 })];
  return [...rows, ...sums];
}
