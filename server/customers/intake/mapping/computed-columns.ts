import { asciiDigits, nameTerms } from "../../../platform/text/index.ts";
import type { AppendedColumns, SealNumber } from "../reading/index.ts";
import type { RecordSpec } from "./expand-records.ts";
import type { FileContext } from "./file-context.ts";
import { literal } from "./literal.ts";
import { checkNumber } from "./national-number.ts";
import { normalPhone } from "./phone-number.ts";
import type { Levels } from "./record-levels.ts";
import type { ValueSource } from "./value-source.ts";

const TERM_SEPARATOR = "\u001f";
const nameFields = ["full_name", "given_name", "family_name", "latin_name"] as const;

interface Computed {
  readonly inputs: readonly number[];
  compute(cells: readonly string[], seal: SealNumber): string;
}

type Sources = ReadonlyMap<string, ValueSource>;

/** What SQL cannot compute, for one file: search terms of names, international phone numbers, check digits. Read row by row before staging. */
export class ComputedColumns {
  private readonly computed: Computed[] = [];
  /** Columns of the file from which numbers of documents are read: 0 = c1. */
  readonly numbers = new Set<number>();

  /** Adds the computed columns a record needs, and what is made of them. */
  addTo(spec: RecordSpec, sources: Sources, context: FileContext, levels: Levels): void {
    if (spec.kind === "party") {
      this.addSearchTerms(spec, sources, context, levels);
    } else if (spec.kind === "contact_point") {
      this.addNormalised(spec, sources, context, levels);
    } else if (spec.kind === "identifier") {
      this.addVerified(spec, sources, context, levels);
    }
  }

  /** Null when the file needs none: its rows then go to the database as they were cut. */
  appended(): AppendedColumns | null {
    const { computed } = this;
    if (computed.length === 0) {
      return null;
    }
    const inputs = [...new Set(computed.flatMap((column) => column.inputs))].sort((a, b) => a - b);
    const cells: string[] = [];
    return {
      count: computed.length,
      inputs,
      compute: (values, seal) => {
        inputs.forEach((input, index) => {
          cells[input] = values[index] ?? "";
        });
        return computed.map((column) => column.compute(cells, seal));
      },
    };
  }

  private add(sources: readonly ValueSource[], compute: (texts: readonly string[], seal: SealNumber) => string): string {
    this.computed.push({
      inputs: sources.flatMap((source) => source.inputs),
      compute: (cells, seal) =>
        compute(
          sources.map((source) => source.evaluate?.(cells) ?? ""),
          seal,
        ),
    });
    return `s.t${this.computed.length}`;
  }

  private addSearchTerms(spec: RecordSpec, sources: Sources, context: FileContext, levels: Levels): void {
    const names = nameFields.flatMap((name) => sources.get(name) ?? []);
    if (!ownRow(spec, nameFields, sources, context)) {
      return;
    }
    const terms = (texts: readonly string[]) =>
      [...new Set(texts.flatMap((text) => (text === "" ? [] : nameTerms(text))))].join(TERM_SEPARATOR);
    levels.place(0, "t_terms", this.add(names, terms));
    levels.output.set("search_terms", "string_to_array(t_terms, chr(31))");
  }

  private addNormalised(spec: RecordSpec, sources: Sources, context: FileContext, levels: Levels): void {
    const kind = sources.get("kind");
    const value = sources.get("value");
    const column = (name: string) => (levels.output.has(name) ? `v_${name}` : "null::text");
    const address = `case when v_kind = 'address' then nullif(concat_ws(', ', ${["value", "line", "city", "postal_code", "country"].map(column).join(", ")}), '')`;
    const email = `when v_kind = 'email' then case when lower(v_value) ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' then lower(v_value) end`;
    let phone = "";
    if (value !== undefined && kind !== undefined && (kind.constant ?? "phone") === "phone") {
      if (!ownRow(spec, ["kind", "value", "country"], sources, context)) {
        return;
      }
      const country = sources.get("country");
      const needed = [kind, value, ...(country === undefined ? [] : [country])];
      const normal = (texts: readonly string[]) =>
        texts[0] === "phone" ? normalPhone(texts[1] ?? "", (texts[2] || context.reading.country) ?? "") : "";
      levels.place(0, "t_phone", this.add(needed, normal));
      phone = "when v_kind = 'phone' then nullif(t_phone, '')";
    }
    levels.output.set(
      "normalised",
      `${address} ${value === undefined ? "" : email} ${phone} ${value === undefined ? "" : "else v_value "}end`,
    );
  }

  private addVerified(spec: RecordSpec, sources: Sources, context: FileContext, levels: Levels): void {
    const [scheme, value] = [sources.get("scheme"), sources.get("value")];
    if (scheme === undefined || value === undefined || !ownRow(spec, ["scheme", "value", "country"], sources, context)) {
      return;
    }
    const country = sources.get("country");
    const verdict = (texts: readonly string[]) => {
      const where = (texts[2] || context.reading.country) ?? "";
      return checkNumber(texts[0] ?? "", where.toUpperCase(), asciiDigits(texts[1] ?? "").toUpperCase());
    };
    levels.place(0, "t_verdict", this.add([scheme, value, ...(country === undefined ? [] : [country])], verdict));
    const stated = sources.has("verified") ? "coalesce(v_verified, false)" : "t_verdict = 'right'";
    levels.output.set("verified", `(t_verdict <> 'wrong' and ${stated})`);
    levels.output.set("value", `nullif(upper(regexp_replace(platform.ascii_digits(v_value), '[^[:alnum:]]+', '', 'g')), '')`);
    // Where the row of the record begins: 36 characters of id, 10 of the number of the index key, 32 of blind index, the sealed value (landing/seal-numbers.ts).
    levels.place(
      0,
      "t_sealed",
      this.add([value], ([text = ""], seal) => seal(text)),
    );
    levels.output.set("sealed_id", "nullif(left(t_sealed, 36), '')::uuid");
    levels.output.set("index_key", "nullif(substr(t_sealed, 37, 10), '')::int");
    levels.output.set("blind", "decode(nullif(substr(t_sealed, 47, 32), ''), 'hex')");
    levels.output.set("sealed_value", "decode(nullif(substr(t_sealed, 79), ''), 'hex')");
    for (const input of value.inputs) this.numbers.add(input);
    if (country === undefined && context.reading.country !== null) {
      levels.output.set("country", literal(context.reading.country));
    }
    if (spec.check) {
      levels.faults.push({
        field: "value",
        column: value.columnName,
        raw: "r_value",
        when: "t_verdict = 'wrong' and r_value <> ''",
        reason: "'invalid_check'",
      });
    }
  }
}

/** What is computed row by row cannot wait for another file's row. False after saying so. */
function ownRow(spec: RecordSpec, fields: readonly string[], sources: Sources, context: FileContext): boolean {
  const foreign = fields.filter((name) => sources.get(name)?.evaluate === null);
  for (const name of foreign) {
    context.problems.report(
      spec.at[name] ?? [...spec.path, "fields", name],
      `${name} is computed row by row and must come from this file itself, not from a lookup`,
    );
  }
  return foreign.length === 0;
}
