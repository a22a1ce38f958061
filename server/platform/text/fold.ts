import { simplified } from "./chinese.ts";

/** Letters that Unicode does not decompose, and Arabic-script letters written in more than one way, each with the form that is kept. */
const letterForms: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ı: "i",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  ə: "e",
  ς: "σ",
  ى: "ي",
  ی: "ي",
  ې: "ي",
  ے: "ي",
  ک: "ك",
  ڪ: "ك",
  ة: "ه",
  ە: "ه",
  ہ: "ه",
  ھ: "ه",
  ۃ: "ه",
  ٱ: "ا",
  ڤ: "ف",
  ۋ: "و",
};

// Accents, Hebrew points, Arabic vowel signs and Quranic marks: what people leave out when typing. Vowel signs of Indic scripts are letters and stay.
const MARK = /[\p{Mn}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]]/gv;
// Tatweel, joiners, direction marks, the lone hamza, and the apostrophes of O'Connor and Sa'ud, which join rather than part.
const SILENT = /[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad\u0621'’‘ʼʻʿʾ`´]/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}]/u;

const ASCII_WORDS = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** What each UTF-16 unit of the basic plane folds to; filled as characters are met, at most 65,536 entries. */
const folded: (string | undefined)[] = [];

/**
 * One form for stored keys and for queries: compatibility forms resolved, lower case, no accents, tashkil, tatweel, joiners or direction marks; Arabic and Persian
 * letters unified (ي for ى ی, ك for ک, ه for ة, ا for أ إ آ), digits in ASCII, traditional Chinese as simplified, punctuation as one space, apostrophes gone.
 */
export function fold(text: string): string {
  if (ASCII_WORDS.test(text)) {
    return text.toLowerCase();
  }
  let out = "";
  let gap = false;
  let isLoose = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    let form = folded[unit];
    if (unit >= 0xd800 && unit <= 0xdbff) {
      form = foldCharacter(String.fromCodePoint(text.codePointAt(index) ?? 0));
      index += 1;
    } else if (form === undefined) {
      form = foldCharacter(text[index] ?? "");
      folded[unit] = form;
    }
    if (form === " ") {
      gap = out !== "";
    } else if (form !== "") {
      out += gap ? ` ${form}` : form;
      gap = false;
    }
    // Characters such as (1) in one bring spaces of their own.
    isLoose ||= form.length > 1 && form.includes(" ");
  }
  return isLoose ? out.trim().replace(/ +/g, " ") : out;
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (SILENT.test(character)) {
    return "";
  }
  if ((code >= 0x06f0 && code <= 0x06f9) || (code >= 0x0660 && code <= 0x0669)) {
    return String(code & 0xf);
  }
  if (code >= 0xac00 && code <= 0xd7a3) {
    return character;
  }
  const bare = character.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARK, "");
  let out = "";
  for (const letter of bare) {
    out += foldLetter(letter);
  }
  return out !== "" && out.trim() === "" ? " " : out;
}

/** What is left of a character once it is decomposed and in lower case. */
function foldLetter(letter: string): string {
  if (isIdeograph(letter.codePointAt(0) ?? 0)) {
    return simplified(letter);
  }
  if (SILENT.test(letter)) {
    return "";
  }
  return letterForms[letter] ?? (LETTER_OR_DIGIT.test(letter) ? letter : " ");
}

function isIdeograph(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
}
