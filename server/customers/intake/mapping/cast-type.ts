import type { CalendarId } from "../../../platform/calendar/contract.ts";
import { dateExpression } from "../../../platform/calendar/index.ts";
import { dateFault } from "./date-fault.ts";
import { type Field, KEY_LENGTH_MAX } from "./fields.ts";
import { countries, currencies, minorDigits } from "./iso-codes.ts";
import { literal, literals } from "./literal.ts";

/** How the text of one value is written, resolved from the field, its file and the defaults. */
export interface ValueReading {
  readonly format: string;
  readonly calendar: CalendarId;
  readonly pivotYear: number;
  readonly timezone: string;
  readonly decimal: string;
  readonly group: string;
  readonly minorUnit: boolean;
  /** Of money: an ISO code, or the column with the decimals of the row's own currency. */
  readonly currency: { readonly code: string } | { readonly digits: string; readonly level: number };
}

/** SQL over the name of a text column (never null): its value (null where it is none), and why a text that is not blank has none. */
export interface Cast {
  readonly value: string;
  /** SQL over the text, computed a level earlier and named as asked: what the value is made of. */
  readonly number?: string;
  /** Null: every text has a value. */
  readonly fault: string | null;
  /** A value that is too long is still a value. */
  readonly tooLong: string | null;
}

/** The cast of a field's type. Nothing in it raises, whatever the text. `text` must be a plain column: it is named many times. */
export function castOf(field: Field, text: string, reading: ValueReading, number: string): Cast {
  switch (field.type) {
    case "text":
      return { value: `nullif(${text}, '')`, fault: null, tooLong: longerThan(text, field.max) };
    case "key":
      return { value: `nullif(${text}, '')`, fault: null, tooLong: longerThan(text, KEY_LENGTH_MAX) };
    case "phone":
    case "email":
      return { value: `nullif(${text}, '')`, fault: null, tooLong: longerThan(text, 300) };
    case "code":
      return one(`case when ${text} in (${literals(field.of)}) then ${text} end`, `'unknown_code'`);
    case "country":
      return one(`case when upper(${text}) in (${literals(countries)}) then upper(${text}) end`, `'unknown_country'`);
    case "currency":
      return one(`case when upper(${text}) in (${literals(currencies)}) then upper(${text}) end`, `'unknown_currency'`);
    case "language":
      return one(
        `case when ${text} ~ '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$' then replace(${text}, '_', '-') end`,
        `'unknown_language'`,
      );
    case "boolean":
      return one(
        `case when lower(${text}) in (${literals(truths)}) then true when lower(${text}) in (${literals(lies)}) then false end`,
        `'not_a_truth_value'`,
      );
    case "integer":
      return one(`case when ${text} ~ '^[-+]?[0-9]{1,18}$' then ${text}::bigint end`, `'not_a_number'`);
    case "rate":
      return rate(text, reading, number);
    case "money":
      return money(text, reading);
    case "date":
      return date(text, reading, number);
    case "timestamp":
      return timestamp(text, reading);
  }
}

const truths = ["true", "t", "yes", "y", "1", "si", "sí", "s", "نعم", "بله", "بلی", "是"];
const lies = ["false", "f", "no", "n", "0", "لا", "خیر", "نه", "否"];

function one(value: string, fault: string): Cast {
  return { value, fault, tooLong: null };
}

export function longerThan(text: string, max: number): string {
  return `(octet_length(${text}) > ${max} and char_length(${text}) > ${max})`;
}

/** Money in minor units: a short way for plain numbers with all their decimals, the careful one for the rest. */
function money(text: string, reading: ValueReading): Cast {
  const { decimal, group, minorUnit, currency } = reading;
  const digits = minorUnit ? "0" : "code" in currency ? String(minorDigits(currency.code)) : currency.digits;
  const careful = `platform.minor_units(${text}, ${literal(decimal)}, ${literal(group)}, ${digits})`;
  const plain = digits === "2" || !/^\d$/.test(digits) ? plainMoney(text, decimal) : null;
  const asked = digits === "2" ? "" : `${digits} = 2 and `;
  return one(
    plain === null
      ? unlessBlank(text, careful)
      : `case when ${asked}${plain.shape} then ${plain.value} when ${text} <> '' then ${careful} end`,
    numberFault(text, decimal, group),
  );
}

/** Two digits behind the mark, and PostgreSQL's own number reader for the rest: half the price of a regular expression. 17 bytes cannot overflow. */
function plainMoney(text: string, decimal: string): { shape: string; value: string } | null {
  if (decimal !== "." && decimal !== ",") {
    return null;
  }
  const number = decimal === "." ? text : `replace(${text}, ',', '.')`;
  const marks = decimal === "," ? ` and ${text} not like '%.%'` : "";
  const shape =
    `right(${text}, 3) = any (platform.numerals(0, 99, 2, '${decimal}', '')) and octet_length(${text}) <= 17${marks}` +
    ` and ${text} not like '%\\_%' and pg_input_is_valid(${number}, 'numeric')`;
  return { shape, value: `replace(${text}, '${decimal}', '')::bigint` };
}

export function numberFault(text: string, decimal: string, group: string): string {
  const as = (digits: number) => `platform.minor_units(${text}, ${literal(decimal)}, ${literal(group)}, ${digits})`;
  const strange = `platform.ascii_digits(${text}) !~ '[0-9]' or platform.ascii_digits(${text}) ~ '[[:alpha:]]'`;
  const many = `length(regexp_replace(platform.ascii_digits(${text}), '[^0-9]', '', 'g')) > 16`;
  return `case when ${strange} then 'not_a_number' when ${as(8)} is not null then 'too_many_decimals' when ${many} then 'overflow' else 'not_a_number' end`;
}

/** A rate a year as a fraction; 5.5% is 0.055. Between -100 and 100, to six decimals. */
function rate(text: string, reading: ValueReading, number: string): Cast {
  const bare = `btrim(replace(replace(replace(${text}, '%', ''), '٪', ''), '％', ''))`;
  const scaled = `platform.minor_units(${bare}, ${literal(reading.decimal)}, ${literal(reading.group)}, 8)`;
  const isPercent = `(${text} like '%\\%%' or ${text} like '%٪%' or ${text} like '%％%')`;
  const fraction = `round(${number}::numeric / (100000000::bigint * case when ${isPercent} then 100 else 1 end), 6)`;
  return {
    ...one(
      `case when ${number} between -1000000000000 and 1000000000000 and abs(${fraction}) <= 100 then ${fraction} end`,
      `case when ${number} is null then 'not_a_number' else 'overflow' end`,
    ),
    number: unlessBlank(text, scaled),
  };
}

/** Many cells are blank, and the careful ways look at them for long. */
function unlessBlank(text: string, value: string): string {
  return `case when ${text} <> '' then ${value} end`;
}

function date(text: string, reading: ValueReading, number: string): Cast {
  if (reading.format === "iso") {
    const day = `left(${text}, 10)`;
    const iso = dateExpression(day, { format: "YYYY-MM-DD", calendar: "gregory" });
    return one(unlessBlank(text, iso.value), dateFault(text, "YYYY-MM-DD"));
  }
  const careful = unlessBlank(text, dateExpression(text, reading).value);
  const plain = plainDate(text, reading, number);
  if (plain === null) {
    return one(careful, dateFault(text, reading.format));
  }
  return {
    ...one(`case when ${plain.shape} then ${plain.value} else ${careful} end`, dateFault(text, reading.format)),
    number: plain.number,
  };
}

/**
 * Gregorian dates written with all their digits, days up to the 28th: the digits are read as one whole number, and year, month and day are
 * taken out of that by arithmetic, at half the price of looking at their texts. Months and days beyond are left to the careful way.
 */
function plainDate(
  text: string,
  { format, calendar, pivotYear }: ValueReading,
  number: string,
): { number: string; shape: string; value: string } | null {
  const layout = format.toLowerCase();
  if (
    calendar !== "gregory" ||
    format.includes("mm") ||
    !/^(?=.*mm)(?=.*dd)(yyyy|yy|mm|dd)([-/.]?)(yyyy|yy|mm|dd)\2(yyyy|yy|mm|dd)$/.test(layout)
  ) {
    return null;
  }
  const separator = /[-/.]/.exec(layout)?.[0];
  const digits = layout.replace(/[^ymd]/g, "");
  const bare = separator === undefined ? text : `replace(${text}, '${separator}', '')`;
  const placed = separator === undefined ? "" : `${text} like '${layout.replace(/[ymd]/g, "_")}' and `;
  // An int may also be written with signs, underscores and the prefix of another base, whose letter would be the second character.
  const pure = `octet_length(${bare}) = ${digits.length} and ${bare} >= '0' collate "C" and substr(${bare}, 2, 1) <= '9' collate "C" and ${bare} not like '%\\_%'`;
  const part = (letter: string) => {
    const shifted = `${number} / ${10 ** (digits.length - digits.lastIndexOf(letter) - 1)}`;
    return `(${shifted} % ${10 ** (digits.split(letter).length - 1)})`;
  };
  const year = digits.includes("yyyy") ? part("y") : `(${pivotYear} + (${part("y")} - ${pivotYear % 100} + 100) % 100)`;
  return {
    number: `case when ${placed}${pure} and pg_input_is_valid(${bare}, 'int4') then ${bare}::int end`,
    shape: `${part("m")} between 1 and 12 and ${part("d")} between 1 and 28 and ${year} > 0`,
    value: `make_date(${year}, ${part("m")}, ${part("d")})`,
  };
}

/** `iso` takes what ISO 8601 machines write: a T or a space, a fraction, Z or an offset. */
function timestamp(text: string, reading: ValueReading): Cast {
  const zone = literal(reading.timezone);
  if (reading.format === "iso") {
    const shape = `${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[-+][0-9]{2}(:?[0-9]{2})?)?)?$'`;
    const local = `case when pg_input_is_valid(${text}, 'timestamp') then ${text}::timestamp at time zone ${zone} end`;
    const zoned = `case when pg_input_is_valid(${text}, 'timestamptz') then ${text}::timestamptz end`;
    return one(
      `case when ${text} = '' or not ${shape} then null when ${text} ~ '[0-9](Z|[-+][0-9:]+)$' and ${text} ~ '[T ]' then ${zoned} else ${local} end`,
      dateFault(text, "YYYY-MM-DD"),
    );
  }
  const { moment } = dateExpression(text, reading);
  return one(unlessBlank(text, `(${moment}) at time zone ${zone}`), dateFault(text, reading.format));
}
