import type { CustomerView } from "./contract.ts";

export interface CompetingRow {
  readonly attribute: string;
  readonly strategy: CustomerView["attributes"][number]["strategy"];
  readonly value: string;
  readonly partyId: string;
  readonly source: CustomerView["attributes"][number]["values"][number]["source"];
  readonly changedAt: Date;
  readonly trust: number;
  readonly place: number;
  readonly pin: { readonly pinId: string; readonly reason: string; readonly pinnedBy: string } | null;
}

export interface DisputeRow extends Omit<CustomerView["disputes"][number], "disputedByName"> {
  readonly disputedBy: string;
}

/** What hangs on a customer; every value every party has for every attribute among it, the golden one of each at place 1. */
export interface CustomerParts extends Pick<CustomerView, "contactPoints" | "identifiers" | "holdings" | "records"> {
  readonly competing: readonly CompetingRow[];
  readonly disputes: readonly DisputeRow[];
}

type Json<Row, Moments extends keyof Row, Money extends keyof Row = never> = Omit<Row, Moments | Money> &
  Record<Moments, string> & {
    [Name in Money]: string | null;
  };

/** As PostgreSQL's JSON has it: moments and money are text, an empty list is null. */
export interface PartsJson {
  readonly competing: readonly Json<CompetingRow, "changedAt">[] | null;
  readonly disputes: readonly Json<DisputeRow, "disputedAt">[] | null;
  readonly contactPoints: readonly Json<CustomerView["contactPoints"][number], "changedAt">[] | null;
  readonly identifiers: CustomerView["identifiers"] | null;
  readonly holdings: readonly Json<CustomerView["holdings"][number], "changedAt", "amountMinor" | "balanceMinor">[] | null;
  readonly records: readonly Json<CustomerView["records"][number], "changedAt" | "decidedAt">[] | null;
}

/** Moments become Date, money bigint. */
export function partsFromJson(parts: PartsJson): CustomerParts {
  return {
    competing: (parts.competing ?? []).map((row) => ({ ...row, changedAt: new Date(row.changedAt) })),
    disputes: (parts.disputes ?? []).map((row) => ({ ...row, disputedAt: new Date(row.disputedAt) })),
    contactPoints: (parts.contactPoints ?? []).map((row) => ({ ...row, changedAt: new Date(row.changedAt) })),
    identifiers: parts.identifiers ?? [],
    holdings: (parts.holdings ?? []).map((row) => ({
      ...row,
      changedAt: new Date(row.changedAt),
      amountMinor: minor(row.amountMinor),
      balanceMinor: minor(row.balanceMinor),
    })),
    records: (parts.records ?? []).map((row) => ({ ...row, changedAt: new Date(row.changedAt), decidedAt: new Date(row.decidedAt) })),
  };
}

function minor(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
