import { literal } from "./literal.ts";

/** A named code list, ready for use. */
export interface CodeList {
  readonly values: ReadonlyMap<string, string>;
  readonly otherwise: { readonly act: "error" | "keep" | "blank" } | { readonly act: "value"; readonly value: string };
}

export function codeList(written: Readonly<Record<string, string>>): CodeList {
  const { otherwise = "error", ...values } = written;
  return { values: new Map(Object.entries(values)), otherwise: isAct(otherwise) ? { act: otherwise } : { act: "value", value: otherwise } };
}

function isAct(word: string): word is "error" | "keep" | "blank" {
  return word === "error" || word === "keep" || word === "blank";
}

/** Our values a list can give, `keep` aside. */
export function resultsOf(list: CodeList): string[] {
  return [...new Set([...list.values.values(), ...(list.otherwise.act === "value" ? [list.otherwise.value] : [])])];
}

/** SQL for our value of a source's code, null for an unknown one under `error`. A blank stays blank unless the list names it. */
export function codeSql(list: CodeList, text: string): string {
  const { otherwise } = list;
  const unknown =
    otherwise.act === "keep" ? text : otherwise.act === "blank" ? "''" : otherwise.act === "value" ? literal(otherwise.value) : "null";
  const blank = list.values.has("") ? "" : ` when '' then ''`;
  if (list.values.size <= 60) {
    const cases = [...list.values].map(([from, to]) => ` when ${literal(from)} then ${literal(to)}`).join("");
    return cases + blank === "" ? unknown : `case ${text}${blank}${cases} else ${unknown} end`;
  }
  const table = literal(JSON.stringify(Object.fromEntries(list.values)));
  return `coalesce(${table}::jsonb ->> ${text}, case when ${text} = '' then '' else ${unknown} end)`;
}

export function codeOf(list: CodeList, text: string): string | null {
  const found = list.values.get(text);
  if (found !== undefined || text === "") {
    return found ?? "";
  }
  const { otherwise } = list;
  return otherwise.act === "keep" ? text : otherwise.act === "blank" ? "" : otherwise.act === "value" ? otherwise.value : null;
}
