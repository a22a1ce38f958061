import { literal } from "./literal.ts";

/** SQL that says why a text that is no date is none: shaped like one, it names a day that does not exist. */
export function dateFault(text: string, format: string): string {
  const pattern = format.replace(/YYYY|YY|MM?|DD?|HH|mm|ss|./g, (token) => {
    const digits = { YYYY: "[0-9]{4}", YY: "[0-9]{2}" }[token] ?? (/^[MDHms]/.test(token) ? "[0-9]{1,2}" : `[${token}]`);
    return digits;
  });
  return `case when platform.ascii_digits(${text}) ~ ${literal(`^${pattern}($|[T ])`)} then 'date_does_not_exist' else 'not_a_date' end`;
}
