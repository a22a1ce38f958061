import type { ReportDefinition, ReportFigure, ReportResult } from "./contract.ts";
import type { Saying } from "./say.ts";

export interface MailParts {
  readonly title: string;
  /** Who reads it, and from right to left or not. */
  readonly name: string;
  readonly locale: string;
  readonly link: string;
  /** Where it is ordered off. */
  readonly definition: ReportDefinition;
}

const LINES_MAX = 40;

/** The figures as a table of words and numbers, once plain and once as HTML. Of customers there are only counts and sums in it. */
export function mailText(
  { title, name, locale, link, definition }: MailParts,
  result: ReportResult,
  saying: Saying,
): { subject: string; text: string; html: string } {
  const table = tableOf(definition, result, saying);
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}) => saying.message(`reports:mail.${key}`, values);
  const subject = say("subject", { title });
  const notes = [
    say("rights"),
    ...(result.segments.length === 0 ? [] : [say("segments", { names: result.segments.map((name) => `\u2068${name}\u2069`).join(", ") })]),
    ...(result.masked ? [say("masked")] : []),
    ...(result.asOf === null ? [] : [say("asOf", { day: result.asOf })]),
  ];
  const text = [
    say("greeting", { name }),
    "",
    title,
    "",
    ...table.map((line) => line.join(" | ")),
    "",
    ...notes,
    "",
    `${say("link")} ${link}`,
    say("stop"),
  ].join("\n");
  const dir = locale === "ar" || locale === "fa" ? "rtl" : "ltr";
  const cell = (tag: "th" | "td") => (value: string, at: number) =>
    `<${tag} style="padding:4px 10px;border-bottom:1px solid #d8dee4;text-align:${at === 0 ? "start" : "end"}">${escaped(value)}</${tag}>`;
  const [head = [], ...body] = table;
  const html = `<!doctype html><html lang="${escaped(locale)}" dir="${dir}"><body style="font-family:sans-serif;color:#1f2328">
<p>${escaped(say("greeting", { name }))}</p><h1 style="font-size:18px">${escaped(title)}</h1>
<table style="border-collapse:collapse"><thead><tr>${head.map(cell("th")).join("")}</tr></thead>
<tbody>${body.map((line) => `<tr>${line.map(cell("td")).join("")}</tr>`).join("\n")}</tbody></table>
${notes.map((note) => `<p style="color:#59636e">${escaped(note)}</p>`).join("\n")}
<p><a href="${escaped(link)}">${escaped(say("link"))}</a></p><p style="color:#59636e">${escaped(say("stop"))}</p></body></html>`;
  return { subject, text, html };
}

/** Groups of rows down, measures across; with columns these across, and the first measure in the cells. The last line is of all. */
function tableOf({ columns }: ReportDefinition, result: ReportResult, saying: Saying): string[][] {
  const find = (row: number | null, column: number | null): ReportFigure | undefined =>
    result.figures.find((figure) => figure.row === row && figure.column === column);
  const all = saying.message("reports:total");
  const rows = [
    ...result.rows.slice(0, LINES_MAX).map((group, at) => ({ at, name: saying.group("rows", group) })),
    { at: null, name: all },
  ];
  if (columns === null)
    return [
      [saying.rows ?? "", ...saying.measures],
      ...rows.map(({ at, name }) => [
        name,
        ...saying.measures.map((_, place) => saying.value(place, find(at, null)?.values[place] ?? null)),
      ]),
    ];
  const across = [...result.columns.map((group, at) => ({ at, name: saying.group("columns", group) })), { at: null, name: all }];
  return [
    [`${saying.rows ?? ""} – ${saying.measures[0] ?? ""}`, ...across.map(({ name }) => name)],
    ...rows.map(({ at, name }) => [name, ...across.map((column) => saying.value(0, find(at, column.at)?.values[0] ?? null))]),
  ];
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
