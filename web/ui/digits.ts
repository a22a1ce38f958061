const arabicIndicZero = 0x0660;
const persianZero = 0x06f0;
const fullWidthZero = 0xff10;

/** Turns Arabic-Indic, Persian and full-width digits into 0-9 and leaves everything else as typed. */
export function toLatinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = code >= fullWidthZero ? fullWidthZero : code >= persianZero ? persianZero : arabicIndicZero;
    return String(code - zero);
  });
}

/** Writes the digits 0-9 of a text in another numbering system (`latn`, `arab`, `arabext`); for identifiers, which are not numbers. */
export function inDigits(text: string, numbering: string): string {
  const zero = numbering === "arab" ? arabicIndicZero : numbering === "arabext" ? persianZero : undefined;
  return zero === undefined ? text : text.replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/**
 * Reads a number typed in any digits with the marks of any of our languages: `1.234,56`, `1,234.56`, `١٬٢٣٤٫٥٦`, `1 234`.
 * The last `.` or `,` is the decimal mark unless exactly three digits follow and another mark (or `groupMark`) says it groups.
 * Answers a plain decimal string such as `-1234.56`, or null when it is no number.
 */
export function parseDecimal(text: string, decimalMark: "." | "," = "."): string | null {
  const plain = toLatinDigits(text)
    .replace(/[\u200e\u200f\u061c\s\u00a0\u202f'’]/g, "")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/\u066c/g, "")
    .replace(/،/g, ",");
  const withMark = plain.includes("\u066b") ? plain.replace(/[.,]/g, "").replace(/\u066b/g, ".") : normaliseMarks(plain, decimalMark);
  return withMark !== null && /^-?\d+(\.\d+)?$/.test(withMark) ? withMark : null;
}

function normaliseMarks(text: string, decimalMark: "." | ","): string | null {
  const points = text.split(".").length - 1;
  const commas = text.split(",").length - 1;
  const decimal = decimalOf(text, points, commas, decimalMark);
  const group = decimal === "." ? "," : ".";
  const [whole = "", fraction, ...rest] = decimal === null ? [text] : text.split(decimal);
  if (rest.length > 0) return null;
  const groups = whole.replace(/^-/, "").split(decimal === null ? /[.,]/ : group);
  if (groups.length > 1 && groups.slice(1).some((part) => part.length !== 3)) return null;
  const sign = whole.startsWith("-") ? "-" : "";
  return `${sign}${groups.join("")}${fraction === undefined ? "" : `.${fraction}`}`;
}

function decimalOf(text: string, points: number, commas: number, decimalMark: "." | ","): "." | "," | null {
  if (points > 0 && commas > 0) return text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
  if (points > 1 || commas > 1) return null;
  const only = points === 1 ? "." : commas === 1 ? "," : null;
  if (only === null) return null;
  const groups = only !== decimalMark && /^-?\d{1,3}[.,]\d{3}$/.test(text);
  return groups ? null : only;
}
