export interface RuleWords {
  readonly features: readonly { readonly name: string; readonly isFlag: boolean }[];
  readonly texts: readonly string[];
  readonly functions: readonly string[];
  readonly operators: readonly string[];
}

const OFFERED_MAX = 8;
const signs = /[^a-z]/;

/** Where the word that the caret stands in, or behind, begins. */
function startOf(text: string, caret: number): number {
  const before = /[a-z][a-z0-9_.]*$/.exec(text.slice(0, caret));
  return before === null ? caret : before.index;
}

/** Words that go on from what is being written: names while a word is begun, what may follow after a whole one and a space. */
export function suggestionsAt(text: string, caret: number, words: RuleWords): string[] {
  const begun = text.slice(startOf(text, caret), caret);
  const names = [...words.features.map(({ name }) => name), ...words.texts, ...words.functions.map((name) => `${name}(`)];
  if (begun !== "") {
    const near = [...names, ...words.operators.filter((word) => !signs.test(word))].filter(
      (word) => word !== begun && word.includes(begun),
    );
    return near.toSorted((a, b) => Number(b.startsWith(begun)) - Number(a.startsWith(begun))).slice(0, OFFERED_MAX);
  }
  const wantsName = /(?:^|\b(?:and|or|not)|[-+*/<>=(,])\s*$/.test(text.slice(0, caret));
  const last = /([a-z][a-z0-9_.]*)\s+$/.exec(text.slice(0, caret))?.[1];
  const isFlag = words.features.some(({ name, isFlag: flag }) => flag && name === last);
  const isText = last !== undefined && words.texts.includes(last);
  if (wantsName)
    return ["amount", "account.new_payee", "account.amount_z", "account.count_24h", "payee.risk_7d", "channel", "is_night", "not"].slice(
      0,
      OFFERED_MAX,
    );
  if (isFlag) return ["and", "or"];
  if (isText) return ["=", "!=", "in", "not in"];
  return last === undefined || /^(?:true|false)$/.test(last) ? ["and", "or"] : [">", ">=", "<", "<=", "=", "*", "and", "or"];
}

/** Puts a word in place of the one being written. */
export function withWord(text: string, caret: number, word: string): { text: string; caret: number } {
  const start = startOf(text, caret);
  const end = caret + (/^[a-z0-9_.]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const put = word.endsWith("(") ? word : `${word} `;
  return { text: text.slice(0, start) + put + text.slice(end).trimStart(), caret: start + put.length };
}
