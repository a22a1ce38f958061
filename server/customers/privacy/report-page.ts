import type { DataClass } from "../../platform/data-map/index.ts";
import { minorToDecimal } from "../../platform/money/index.ts";
import { pageWords } from "./page-words.ts";

export type PageLocale = keyof typeof pageWords;

export interface PageSection {
  readonly table: string;
  readonly keptMonths: number | null;
  readonly complete: boolean;
  readonly columns: readonly { readonly name: string; readonly class: DataClass; readonly masked: boolean }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1d2327}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .25rem;break-after:avoid}p{margin:.25rem 0;color:#5a6268}
table{border-collapse:collapse;width:100%;margin:.75rem 0;break-inside:avoid}th,td{border-block-end:1px solid #e2e2dd;padding:.3rem .5rem;text-align:start;vertical-align:top}
th{width:14rem;font-weight:600}td{overflow-wrap:anywhere}@media print{body{margin:0;max-width:none}}`;

/** One page without scripts, to read and to print; every value stands in it as text. */
export function* reportPage(
  report: { readonly customerNo: string; readonly sections: string; readonly compiledAt: Date | null; readonly expiresAt: Date | null },
  locale: PageLocale,
): Generator<string> {
  const words = pageWords[locale];
  const day = (date: Date | null): string => (date === null ? "" : new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(date));
  const direction = locale === "ar" || locale === "fa" ? "rtl" : "ltr";
  yield `<!doctype html>\n<html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"><title>${escaped(words.title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head><body>
<h1>${escaped(words.title)}</h1><p><bdi>${escaped(report.customerNo)}</bdi> · ${escaped(day(report.compiledAt))}</p><p>${escaped(words.note)}</p>\n`;
  for (const section of JSON.parse(report.sections) as PageSection[]) {
    const kept =
      section.keptMonths === null
        ? words.keptForever
        : words.kept.replace("{months}", new Intl.NumberFormat(locale).format(section.keptMonths));
    yield `<section><h2><bdi>${escaped(readable(section.table.split(".")[1] ?? section.table))}</bdi></h2><p>${escaped(kept)}</p>\n`;
    if (!section.complete) yield `<p>${escaped(words.incomplete)}</p>`;
    for (const row of section.rows) {
      const lines = section.columns.filter(({ name }) => row[name] !== null && row[name] !== undefined && row[name] !== "");
      yield `<table>${lines
        .map(
          ({ name, masked }) =>
            `<tr><th scope="row"><bdi>${escaped(readable(name))}</bdi></th><td dir="auto">${escaped(masked ? words.masked : (asMoney(name, row) ?? asText(row[name])))}</td></tr>`,
        )
        .join("")}</table>\n`;
    }
    yield "</section>\n";
  }
  yield "</body></html>\n";
}

/** `amount_minor` is Amount. */
function readable(name: string): string {
  const words = name.replace(/_minor$/, "").replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Minor units with the currency of their row as people write them; null for anything else. */
function asMoney(name: string, { [name]: value, currency }: Readonly<Record<string, unknown>>): string | null {
  if (!name.endsWith("_minor") || typeof value !== "string" || typeof currency !== "string") return null;
  return `${minorToDecimal(BigInt(value), currency)} ${currency}`;
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== "")
    .map(([name, inner]) => `${name}: ${asText(inner)}`)
    .join("; ");
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
