import type { CardCells } from "../reading/index.ts";
import type { FileContext } from "./file-context.ts";

/** Names of columns that hold the code printed on a card: it is never kept, not even beside the record (PCI DSS 3.3.1). */
const cardCode = /(^|[^a-z])(cvv|cvc|cvn)[12]?([^a-z]|$)|card_?(verification|security)_?(code|value)/i;

/**
 * The columns of a file that are looked through for card numbers: those words are read from, and those nothing is read from, which are kept as they were
 * delivered. Keys, numbers of accounts and documents, amounts and days stay exactly as they came.
 */
export function cardColumns({ columns, asked, words, exact, file }: FileContext): CardCells {
  const named = new Set(Object.values(file.lookups ?? {}).map(({ equals }) => equals));
  const all = columns.names.map((name, index) => ({ name, index }));
  const isLooked = (name: string, index: number) => (words.has(index) && !exact.has(index) && !named.has(name)) || !asked.has(index);
  const dropped = all.filter(({ name, index }) => cardCode.test(name) && !exact.has(index));
  const looked = all.filter(({ name, index }) => isLooked(name, index) && !dropped.some((one) => one.index === index));
  return { looked: looked.map(({ index }) => index), dropped: dropped.map(({ index }) => index) };
}
