import type { ClassifiedColumn } from "../../platform/data-map/index.ts";
import type { Plan, PlanLine } from "./contract.ts";

/** A table that says whose row each is. */
export interface SubjectTable {
  readonly table: string;
  readonly subject: "party_id" | "customer_id";
  readonly rule: ClassifiedColumn["retention"];
  /** Columns beside the subject that name a record: a row about two people goes with either. */
  readonly otherRecords: readonly string[];
  /** The day from which a row's own term runs, where the rule runs from a row's event. */
  readonly dayColumn: string | null;
  /** Rows of an account, which may be somebody else's, too. */
  readonly ofAccount: boolean;
}

const ownDays: Readonly<Record<string, readonly string[]>> = {
  transactions: ["booked_on", "balance_on"],
  consent_evidence: ["recorded_at"],
};

/** Records and customers go last: the others hang on them. */
const anchors = ["customers.party", "customers.customer"];

/** The tables that are about one customer each, in an order in which they can be erased. Proof is not among them: it stays, and holds ids only. */
export function subjectTables(columns: readonly ClassifiedColumn[]): SubjectTable[] {
  const tables = new Map<string, ClassifiedColumn[]>();
  for (const column of columns)
    if (column.subject !== null && column.retention !== "audit_trail")
      tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  const placeOf = ({ table }: SubjectTable) => anchors.indexOf(table);
  return [...tables.entries()]
    .map(([table, [first, ...rest]]) => {
      const names = [first, ...rest].map((column) => column?.column ?? "");
      return {
        table,
        subject: first?.subject ?? "party_id",
        rule: first?.retention ?? "relationship",
        otherRecords: names.filter((name) => name.endsWith("_party_id")),
        dayColumn: ownDays[first?.retention ?? ""]?.find((name) => names.includes(name)) ?? null,
        ofAccount: names.includes("holding_id"),
      };
    })
    .sort((a, b) => placeOf(a) - placeOf(b) || a.table.localeCompare(b.table));
}

export interface Term {
  /** null: without end. */
  readonly months: number | null;
  readonly legal: boolean;
}

export interface Relationship {
  readonly open: boolean;
  /** The last day of the last product; null: never had one. */
  readonly endedOn: string | null;
}

export interface Found {
  readonly rows: number;
  /** Of them, of accounts that are somebody else's, too: they stay as long as those do. */
  readonly joint: number;
  /** The newest day of `dayColumn`. */
  readonly newestOn: string | null;
}

/** The same day so many months later; the last day of a shorter month. Days are ISO text. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * What of a customer goes today. A law's term outlasts the wish to be erased, a term of the bank's own does not (GDPR art. 17(3)(b); PIPL art. 47). Where
 * somebody never had a product no relationship is on record, and its terms do not run. While anything else stays, the record it hangs on stays.
 */
export function planOf(
  tables: readonly SubjectTable[],
  found: ReadonlyMap<string, Found>,
  known: { readonly terms: ReadonlyMap<string, Term>; readonly relationship: Relationship; readonly today: string },
): Plan {
  const { terms, relationship, today } = known;
  const lines = tables.flatMap((table): PlanLine[] => {
    const { rows: all = 0, joint = 0, newestOn = null } = found.get(table.table) ?? {};
    if (all === 0) return [];
    const base = { table: table.table, rule: table.rule, erased: 0 };
    if (joint > 0) {
      const shared = { ...base, rows: joint, joint: true, outcome: "keep" as const, until: null };
      const rest = all > joint ? planOf([table], new Map([[table.table, { rows: all - joint, joint: 0, newestOn }]]), known).lines : [];
      return [...rest, shared];
    }
    const line = { ...base, rows: all, joint: false };
    const from = table.dayColumn === null ? relationship.endedOn : newestOn;
    const term = terms.get(table.rule);
    if (term?.legal !== true || (!relationship.open && from === null)) return [{ ...line, outcome: "erase", until: null }];
    if (term.months === null || from === null) return [{ ...line, outcome: "keep", until: null }];
    const until = monthsLater(from, term.months);
    return [until <= today && !relationship.open ? { ...line, outcome: "erase", until: null } : { ...line, outcome: "keep", until }];
  });
  const kept = lines.filter(({ outcome, table }) => outcome === "keep" && !anchors.includes(table));
  const last = kept.some(({ until }) => until === null)
    ? null
    : (kept
        .map(({ until }) => until ?? "")
        .sort()
        .at(-1) ?? null);
  return {
    active: relationship.open,
    relationshipEnd: relationship.open ? null : relationship.endedOn,
    lines: lines.map((line) =>
      anchors.includes(line.table) && kept.length > 0 && (line.outcome === "erase" || (line.until ?? "9999") < (last ?? "9999"))
        ? { ...line, outcome: "keep" as const, until: last }
        : line,
    ),
  };
}

/** When more may go: the first day on which something that is kept is over its term; null: nothing is kept. */
export function nextDay(plan: Plan): string | null {
  const days = plan.lines.flatMap(({ outcome, until }) => (outcome === "keep" && until !== null ? [until] : []));
  return days.sort()[0] ?? null;
}

/** The message that says what a table holds: `customers.contact_point` is `privacy:tables.contact_point`. */
export function tableWords(table: string): string {
  return `privacy:tables.${table.split(".")[1] ?? table}`;
}
