import type { viewCustomerAsOf } from "../../../../server/customers/history/contract.ts";
import type { AnswerOf } from "../../../ui/api.ts";

export type Past = AnswerOf<typeof viewCustomerAsOf>;

export interface PastRow {
  /** What the row is about: an attribute, a kind of contact point or document, or the records. */
  readonly group: "attribute" | "contact" | "identifier" | "records";
  readonly name: string;
  /** Where it is one value of an attribute it is the one that counts; else all of the kind. */
  readonly values: readonly string[];
}

/** A past as rows that can stand beside those of another day. Identifiers by their ends, records by source and key. */
export function rowsOf(past: Past): PastRow[] {
  const attributes = past.attributes.map(
    ({ attribute, values }): PastRow => ({ group: "attribute", name: attribute, values: values.slice(0, 1).map(({ value }) => value) }),
  );
  const contacts = grouped(past.contactPoints, ({ kind, normalised, value }) => [kind, normalised ?? value]);
  const identifiers = grouped(past.identifiers, ({ scheme, last4 }) => [scheme, `•••• ${last4}`]);
  const records = past.records.map(({ sourceName, sourceKey }) => `${sourceName} ${sourceKey}`);
  return [
    ...attributes,
    ...contacts.map(([name, values]): PastRow => ({ group: "contact", name, values })),
    ...identifiers.map(([name, values]): PastRow => ({ group: "identifier", name, values })),
    { group: "records", name: "records", values: records },
  ];
}

function grouped<Item>(items: readonly Item[], of: (item: Item) => readonly [string, string]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const [name, value] = of(item);
    groups.set(name, [...(groups.get(name) ?? []), value]);
  }
  return [...groups];
}

export interface ComparedRow {
  readonly group: PastRow["group"];
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly differs: boolean;
}

/** Two days side by side; the order of values within a row does not matter. */
export function compare(before: Past, after: Past): ComparedRow[] {
  const [left, right] = [rowsOf(before), rowsOf(after)];
  const keyOf = ({ group, name }: PastRow) => `${group} ${name}`;
  const byKey = (rows: readonly PastRow[]) => new Map(rows.map((row) => [keyOf(row), row]));
  const [lefts, rights] = [byKey(left), byKey(right)];
  const all = [...new Map([...left, ...right].map((row) => [keyOf(row), row])).values()];
  const groups: readonly PastRow["group"][] = ["attribute", "contact", "identifier", "records"];
  return groups.flatMap((group) =>
    all
      .filter((row) => row.group === group)
      .map((row) => {
        const [one, other] = [lefts.get(keyOf(row))?.values ?? [], rights.get(keyOf(row))?.values ?? []];
        return { group, name: row.name, before: one, after: other, differs: one.toSorted().join("\n") !== other.toSorted().join("\n") };
      }),
  );
}
