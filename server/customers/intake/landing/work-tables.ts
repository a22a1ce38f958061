import { type Field, fieldsOf, type RecordKind } from "../mapping/fields.ts";

// Per connection and kind two temporary tables: cast_<kind> holds the records of a chunk as values, landing_<kind> the same records with what
// becomes of them. They empty themselves at commit. Constraints would only slow them down: what lands is checked by the real tables.

const typeOfField: Record<Field["type"], string> = {
  text: "text",
  code: "text",
  key: "text",
  phone: "text",
  email: "text",
  date: "date",
  timestamp: "timestamptz",
  money: "bigint",
  integer: "bigint",
  rate: "numeric",
  boolean: "boolean",
  country: "text",
  currency: "text",
  language: "text",
};

/** What a cast gives beside the fields of the mapping language. */
const computed: Partial<Record<RecordKind, Readonly<Record<string, string>>>> = {
  party: { details: "jsonb", search_terms: "text[]" },
  contact_point: { normalised: "text" },
  identifier: { sealed_id: "uuid", index_key: "int", blind: "bytea", blind_next: "bytea", blind_was: "bytea", sealed_value: "bytea" },
  holding: { details: "jsonb" },
  place: { details: "jsonb" },
};

/** Column name -> SQL type of cast_<kind>, behind line_no and key. */
export function castColumns(kind: RecordKind): Record<string, string> {
  const columns = Object.entries(fieldsOf(kind)).map(([name, field]) => [name, typeOfField[field.type]] as const);
  return { ...Object.fromEntries(columns), ...computed[kind] };
}

/** `pass` is null until a record has been looked at; records that refer to others of the same chunk are looked at again. */
export function createWorkTables(kind: RecordKind): string {
  const columns = Object.entries(castColumns(kind)).map(([name, type]) => `${name} ${type}`);
  const cast = ["line_no bigint", "key text", ...columns].join(", ");
  return `
    create temp table if not exists cast_${kind} (${cast}, problem_reason text, problem_field text, problem_column text, problem_class text) on commit delete rows;
    create temp table if not exists landing_${kind} (${cast}, hash bigint, row_id uuid, party_id uuid, known_party_id uuid, known_on date,
      ref1 uuid, ref1_party uuid, ref2 uuid, ref2_party uuid, lost text, outcome text) on commit delete rows;`;
}
