export { asciiDigits, digitsOnly } from "./digits.ts";
export { fold } from "./fold.ts";
export { maskLast } from "./mask.ts";
export { nameTerms } from "./name-terms.ts";
export { nameWords } from "./name-words.ts";
export { type QueryTerm, queryTerms } from "./query-terms.ts";
