/** A field of a date text; a minute is `i`, so that every field has one letter. */
type Field = "y" | "m" | "d" | "h" | "i" | "s";

export interface DateFormat {
  /** One letter per digit, separators as they are: `dd/mm/yyyy hh:ii:ss`. */
  readonly layout: string;
  readonly hasTime: boolean;
  readonly hasTwoDigitYear: boolean;
}

const fieldsOf: Record<string, [Field, number]> = {
  YYYY: ["y", 4],
  YY: ["y", 2],
  MM: ["m", 2],
  M: ["m", 2],
  DD: ["d", 2],
  D: ["d", 2],
  HH: ["h", 2],
  mm: ["i", 2],
  ss: ["s", 2],
};

const tokenPattern = /YYYY|YY|MM?|DD?|HH|mm|ss|[-/. T:]/y;

// The date in any order, then perhaps hours and minutes, then perhaps seconds.
const shapePattern = /^(?=.*y)(?=.*m)(?=.*d)[ymd][-/.]?[ymd][-/.]?[ymd](?:[ T]h:i(?::s)?)?$/;

/**
 * What a format says: the fields YYYY or YY, MM, DD in any order with `-`, `/`, `.` or nothing between them, then perhaps a space or `T` and `HH:mm` or `HH:mm:ss`.
 * M and D stand for MM and DD (a leading zero may be missing wherever separators stand). Null when it is no such format.
 */
function readFormat(format: string): DateFormat | null {
  let layout = "";
  let shape = "";
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < format.length) {
    const token = tokenPattern.exec(format)?.[0];
    if (token === undefined) {
      return null;
    }
    const field = fieldsOf[token];
    layout += field === undefined ? token : field[0].repeat(field[1]);
    shape += field === undefined ? token : field[0];
  }
  if (!shapePattern.test(shape) || (/[MD]/.test(format.replace(/MM|DD/g, "")) && !/[ymd][-/.][ymd][-/.][ymd]/.test(shape))) {
    return null;
  }
  return { layout, hasTime: shape.includes("h"), hasTwoDigitYear: !layout.includes("yyyy") };
}

/** True for a format that parseDate and dateExpression can read. */
export function isDateFormat(format: string): boolean {
  return readFormat(format) !== null;
}

export function requireFormat(format: string, pivotYear: number | undefined): DateFormat {
  const read = readFormat(format);
  if (read === null) {
    throw new Error(`no date format: ${format}`);
  }
  if (read.hasTwoDigitYear && !Number.isInteger(pivotYear)) {
    throw new Error(`the format ${format} has a two-digit year and needs a pivot year`);
  }
  return read;
}
