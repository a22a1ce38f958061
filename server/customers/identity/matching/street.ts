import { fold, foldedWords, remembered } from "../../../platform/text/index.ts";
import type { MatchAddress } from "./record.ts";

/** A place as it is compared; "" is missing. */
export interface Street {
  readonly words: readonly string[];
  readonly number: string;
  readonly postalCode: string;
  readonly city: string;
}

const WORDS_MAX = 6;
// What nearly every address holds tells nothing: kinds of street, and words for flat, floor, building, box.
const COMMON = new Set(
  (
    "street st road rd avenue ave av lane ln drive dr place pl court ct crescent cres circuit cct close way terrace tce parade pde boulevard blvd highway hwy square sq " +
    "flat unit apt apartment suite ste floor level room no number po box tower building bldg dist district block lot the of " +
    "calle c avenida avda plaza pza paseo carrer camino piso puerta izda dcha numero de del la las los el " +
    "شارع طريق حي مبني شقه برج ص ب خيابان كوچه پلاك واحد بلوار طبقه 号 室 栋 楼 单元 路 街"
  ).split(" "),
);

/** Words, house number, postal code and city of an address, folded; "" and no words where it does not say. */
export function streetOf({ line = "", number = "", postalCode = "", city = "" }: MatchAddress): Street {
  const { words, houseNumber } = lineOf(line);
  return { words, number: stripped(joined(number) || houseNumber), postalCode: postal(postalCode), city: joined(city) };
}

// What one system knows of an address the others know too.
const lineOf = remembered((line: string): { readonly words: readonly string[]; readonly houseNumber: string } => {
  const words: string[] = [];
  let houseNumber = "";
  for (const word of foldedWords(line)) {
    if (/^\p{N}/u.test(word)) houseNumber ||= word;
    else if (!COMMON.has(word) && !words.includes(word) && words.length < WORDS_MAX) words.push(word);
  }
  return { words, houseNumber };
});

function joined(text: string): string {
  return text === "" ? "" : joinedWords(text);
}

const joinedWords = remembered((text: string) => fold(text).replaceAll(" ", ""));

function stripped(number: string): string {
  return number.replace(/^0+/, "");
}

// "2640.0" and "02640" are what spreadsheets make of a postal code.
function postal(text: string): string {
  const folded = joined(text.trim().replace(/\.0$/, ""));
  return /^0+$/.test(folded) ? "" : folded;
}
