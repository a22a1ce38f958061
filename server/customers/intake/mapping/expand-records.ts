import type { MappedFile, MappedRecord } from "./mapping.ts";
import type { Path } from "./problems.ts";
import type { FieldValue } from "./value.ts";

/** A record with its shorthand written out. */
export interface RecordSpec {
  readonly kind: MappedRecord["kind"];
  readonly key: FieldValue | null;
  /** Without a key: what tells records of the same party and kind apart. */
  readonly keyEnd: string | null;
  readonly when: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly details: Readonly<Record<string, FieldValue>>;
  readonly check: boolean;
  /** Fields of which one must be filled for there to be a record at all. */
  readonly onlyWith: readonly string[];
  readonly path: Path;
  /** Where fields stand in the document, when it is not path + fields. */
  readonly at: Readonly<Record<string, Path>>;
}

const constant = (value: string): FieldValue => ({ value });

/** The records of a file, and the contact points and identifiers written inside parties. */
export function recordSpecs(file: MappedFile, filePath: Path): RecordSpec[] {
  return file.records.flatMap((record, index) => {
    const path = [...filePath, "records", index];
    const { kind, key = null, when = null, fields, details = {}, check = false } = record;
    const own: RecordSpec = { kind, key, keyEnd: null, when, fields, details, check, onlyWith: [], path, at: {} };
    return kind === "party" && key !== null ? [own, ...insideParty(record, key, path)] : [own];
  });
}

function insideParty(record: MappedRecord, party: FieldValue, path: Path): RecordSpec[] {
  const changed: Record<string, FieldValue> = record.fields.changed_at === undefined ? {} : { changed_at: record.fields.changed_at };
  const common = { key: null, when: record.when ?? null, details: {}, path };
  const contact = { ...common, kind: "contact_point" as const, check: false };
  const specs: RecordSpec[] = [];
  record.phones?.forEach((phone, index) => {
    const { number, purpose, country } =
      typeof phone === "string" ? { number: phone } : { country: undefined, purpose: undefined, ...phone };
    const at = [...path, "phones", index];
    const fields = given({ party, kind: constant("phone"), purpose: purpose && constant(purpose), value: number, country, ...changed });
    specs.push({ ...contact, fields, keyEnd: `phone/${purpose ?? index + 1}`, onlyWith: ["value"], at: placed(at, "number", phone) });
  });
  record.emails?.forEach((email, index) => {
    const { address, purpose } = typeof email === "string" ? { address: email } : { purpose: undefined, ...email };
    const at = [...path, "emails", index];
    const fields = given({ party, kind: constant("email"), purpose: purpose && constant(purpose), value: address, ...changed });
    specs.push({ ...contact, fields, keyEnd: `email/${purpose ?? index + 1}`, onlyWith: ["value"], at: placed(at, "address", email) });
  });
  record.addresses?.forEach(({ purpose, ...parts }, index) => {
    const at = [...path, "addresses", index];
    const fields = given({ party, kind: constant("address"), purpose: purpose && constant(purpose), ...parts, ...changed });
    const onlyWith = Object.keys(parts).filter((name) => name !== "country");
    specs.push({ ...contact, fields, keyEnd: `address/${purpose ?? index + 1}`, onlyWith, at: placed(at, null, parts) });
  });
  record.identifiers?.forEach(({ scheme, number, check = false, ...rest }, index) => {
    const at = [...path, "identifiers", index];
    const fields = given({ party, scheme: constant(scheme), value: number, ...rest });
    specs.push({
      ...common,
      kind: "identifier",
      check,
      fields,
      keyEnd: `${scheme}/${index + 1}`,
      onlyWith: ["value"],
      at: placed(at, "number", {}),
    });
  });
  return specs;
}

function given(fields: Record<string, FieldValue | undefined | ""> | object): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, FieldValue>;
}

function placed(at: Path, valueName: string | null, entry: unknown): Record<string, Path> {
  const of = (name: string): Path => (typeof entry === "string" ? at : [...at, name]);
  const places: Record<string, Path> = {};
  for (const name of ["country", "line", "city", "postal_code", "verified", "expires_on", "value"]) {
    places[name] = of(name);
  }
  if (valueName !== null) {
    places.value = of(valueName);
  }
  return places;
}
