import { inOrder } from "../../platform/text/index.ts";
import type { CustomerView } from "./contract.ts";
import { byRule } from "./rules.ts";

type SourceName = CustomerView["holdings"][number]["source"];
type Test = CustomerView["attributes"][number]["strategy"][number];

export interface CompetingRow {
  readonly attribute: string;
  readonly strategy: readonly Test[];
  readonly value: string;
  readonly partyId: string;
  readonly source: SourceName;
  readonly changedAt: Date;
  readonly trust: number;
  readonly place: number;
  readonly pin: { readonly pinId: string; readonly reason: string; readonly pinnedBy: string } | null;
}

export interface DisputeRow extends Omit<CustomerView["disputes"][number], "disputedByName"> {
  readonly disputedBy: string;
}

/** What a view shows of a customer; every value every party has for every attribute among it, the golden one of each at place 1. */
export interface CustomerParts extends Pick<CustomerView, "customer" | "contactPoints" | "identifiers" | "holdings" | "records"> {
  readonly competing: readonly CompetingRow[];
  readonly disputes: readonly DisputeRow[];
}

/** As PostgreSQL's JSON has a row: moments and money are text, and a source goes by its number. */
type Json<Row, Moments extends keyof Row = never, Money extends keyof Row = never> = Omit<Row, Moments | Money | "source" | "sources"> &
  Record<Moments, string> & { readonly [Name in Money]: string | null } & (Row extends { source: unknown } | { sources: unknown }
    ? { readonly sourceId: number }
    : unknown);

/** `decidedAt` is null where no decision stands: such a party has values, and is no linked record. */
type PartyJson = Omit<Json<CustomerView["records"][number], "changedAt">, "decidedAt"> & {
  readonly decidedAt: string | null;
  readonly values: Readonly<Record<string, string | null>>;
};
type PinJson = Pick<CompetingRow, "partyId" | "attribute" | "value"> & NonNullable<CompetingRow["pin"]> & { readonly pinnedAt: string };

/** What customers.customer_parts answers: rows as they stand in the tables of one customer. An empty list is null. */
export interface PartsJson {
  readonly customer: Omit<CustomerView["customer"], "assetsMinor" | "debtsMinor" | "refreshedAt"> &
    Record<"assetsMinor" | "debtsMinor" | "refreshedAt", string>;
  readonly sources: readonly (SourceName & { readonly trust: number })[] | null;
  readonly rules: Readonly<Record<string, readonly Test[]>> | null;
  readonly trusts: readonly { readonly sourceId: number; readonly attribute: string; readonly trust: number }[] | null;
  readonly parties: readonly PartyJson[] | null;
  readonly pins: readonly PinJson[] | null;
  readonly disputes: readonly Json<DisputeRow, "disputedAt">[] | null;
  readonly contactPoints: readonly (Json<CustomerView["contactPoints"][number], "changedAt"> & { readonly partyId: string })[] | null;
  readonly identifiers: readonly Json<CustomerView["identifiers"][number]>[] | null;
  readonly holdings: readonly Json<CustomerView["holdings"][number], "changedAt", "amountMinor" | "balanceMinor">[] | null;
}

const BOUNDS = { competing: 2_000, contactPoints: 200, identifiers: 100, holdings: 500, records: 200 } as const;

/** Moments become Date, money bigint, numbers of sources their names; equal rows of several sources become one, and values are ranked. */
export function partsFromJson(json: PartsJson): CustomerParts {
  const names = new Map((json.sources ?? []).map(({ trust: _, ...source }) => [source.sourceId, source]));
  const nameOf = (sourceId: number): SourceName => names.get(sourceId) ?? { sourceId, code: "", name: "" };
  const namesOf = (rows: readonly { readonly sourceId: number }[]) =>
    [...new Set(rows.map(({ sourceId }) => sourceId))].sort((a, b) => a - b).map(nameOf);
  const { assetsMinor, debtsMinor, refreshedAt, ...customer } = json.customer;
  return {
    customer: { ...customer, assetsMinor: BigInt(assetsMinor), debtsMinor: BigInt(debtsMinor), refreshedAt: new Date(refreshedAt) },
    competing: competingOf(json, nameOf),
    disputes: (json.disputes ?? []).map((row) => ({ ...row, disputedAt: new Date(row.disputedAt) })),
    contactPoints: contactPointsOf(json.contactPoints ?? [], namesOf),
    identifiers: identifiersOf(json.identifiers ?? [], namesOf),
    holdings: holdingsOf(json.holdings ?? [], nameOf),
    records: (json.parties ?? [])
      .flatMap(({ values: _, sourceId, changedAt, decidedAt, ...row }) =>
        decidedAt === null ? [] : [{ ...row, source: nameOf(sourceId), changedAt: new Date(changedAt), decidedAt: new Date(decidedAt) }],
      )
      .sort((a, b) => inOrder(a.source.code, b.source.code) || inOrder(a.sourceKey, b.sourceKey))
      .slice(0, BOUNDS.records),
  };
}

type NamesOf = (rows: readonly { readonly sourceId: number }[]) => SourceName[];

/** Equal ones of several sources are one, with all their sources; the newest writing is shown. */
function contactPointsOf(rows: NonNullable<PartsJson["contactPoints"]>, namesOf: NamesOf): CustomerView["contactPoints"] {
  const newestFirst = rows
    .map((row) => ({ ...row, changedAt: new Date(row.changedAt), key: row.normalised ?? row.value }))
    .sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime() || inOrder(a.key, b.key));
  return [...Map.groupBy(newestFirst, ({ kind, key }) => `${kind} ${key}`).values()]
    .map((same) => ({ ...(same[0] as (typeof same)[0]), same }))
    .sort((a, b) => inOrder(a.kind, b.kind))
    .slice(0, BOUNDS.contactPoints)
    .map(({ kind, value, normalised, parts, changedAt, same }) => ({
      kind,
      purpose: same.find(({ purpose }) => purpose !== null)?.purpose ?? null,
      value,
      normalised,
      parts,
      sources: namesOf(same),
      changedAt,
    }));
}

function identifiersOf(rows: NonNullable<PartsJson["identifiers"]>, namesOf: NamesOf): CustomerView["identifiers"] {
  return [...Map.groupBy(rows, ({ scheme, country, last4 }) => `${scheme} ${country ?? "~"} ${last4}`)]
    .sort(([a], [b]) => inOrder(a, b))
    .slice(0, BOUNDS.identifiers)
    .map(([, same]) => {
      const { scheme, country, last4 } = same[0] as (typeof same)[0];
      const expiries = same.flatMap(({ expiresOn }) => expiresOn ?? []).sort();
      return {
        scheme,
        country,
        last4,
        verified: same.some(({ verified }) => verified),
        expiresOn: expiries.at(-1) ?? null,
        sources: namesOf(same),
      };
    });
}

/** One row a holding, in the strongest role one of the customer's parties has in it, which comes first. */
function holdingsOf(rows: NonNullable<PartsJson["holdings"]>, nameOf: (sourceId: number) => SourceName): CustomerView["holdings"] {
  const strongest = new Map(rows.toReversed().map((row) => [row.holdingId, row]));
  return rows
    .filter((row) => strongest.get(row.holdingId) === row)
    .slice(0, BOUNDS.holdings)
    .map(({ sourceId, changedAt, amountMinor, balanceMinor, ...row }) => ({
      ...row,
      source: nameOf(sourceId),
      changedAt: new Date(changedAt),
      amountMinor: minor(amountMinor),
      balanceMinor: minor(balanceMinor),
    }));
}

/** As the view customers.attribute_value has them: what of a party, its contact points and its pins is a value, and for which attribute. */
function competingOf(json: PartsJson, nameOf: (sourceId: number) => SourceName): CompetingRow[] {
  const parties = new Map((json.parties ?? []).map((party) => [party.partyId, party]));
  const trusts = new Map((json.trusts ?? []).map(({ sourceId, attribute, trust }) => [`${sourceId} ${attribute}`, trust]));
  const usualTrust = new Map((json.sources ?? []).map(({ sourceId, trust }) => [sourceId, trust]));
  const candidateOf = (partyId: string, attribute: string, value: string, changedAt: Date, pin: CompetingRow["pin"]) => {
    const { sourceId, sourceKey } = parties.get(partyId) ?? { sourceId: 0, sourceKey: "" };
    const trust = trusts.get(`${sourceId} ${attribute}`) ?? usualTrust.get(sourceId) ?? 0;
    return { attribute, value, partyId, sourceId, sourceKey, changedAt, trust, pin };
  };
  const all: ReturnType<typeof candidateOf>[] = [];
  for (const { partyId, changedAt, values } of parties.values()) {
    const at = new Date(changedAt);
    for (const [attribute, value] of Object.entries(values)) if (value !== null) all.push(candidateOf(partyId, attribute, value, at, null));
  }
  for (const { partyId, kind, value, normalised, parts, changedAt } of json.contactPoints ?? []) {
    const at = new Date(changedAt);
    if (kind === "phone" || kind === "email") all.push(candidateOf(partyId, kind, normalised ?? value, at, null));
    if (kind !== "address") continue;
    for (const attribute of ["city", "country"]) {
      const part = parts?.[attribute] ?? null;
      if (part !== null) all.push(candidateOf(partyId, attribute, part, at, null));
    }
  }
  for (const { partyId, attribute, value, pinnedAt, ...pin } of json.pins ?? [])
    all.push(candidateOf(partyId, attribute, value, new Date(pinnedAt), pin));
  const rules = json.rules ?? {};
  return [...Map.groupBy(all, ({ attribute }) => attribute)]
    .sort(([a], [b]) => inOrder(a, b))
    .flatMap(([attribute, values]) => {
      const rule = rules[attribute];
      if (rule === undefined) return [];
      return values.sort(byRule(rule)).map(({ sourceId, sourceKey: _, ...row }, index) => ({
        ...row,
        strategy: row.pin === null ? rule : (["pinned", ...rule] as const),
        source: nameOf(sourceId),
        place: index + 1,
      }));
    })
    .slice(0, BOUNDS.competing);
}

function minor(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
