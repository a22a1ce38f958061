import { foldedWords, nameUnits, scriptOf } from "../../../platform/text/index.ts";

const WORDS_MAX = 8;

/** Words of a legal form with the form they stand for; companies write them in full, short, or not at all. */
const legalForms: Record<string, string> = {
  ltd: "limited",
  limited: "limited",
  llc: "limited",
  ذمم: "limited",
  محدوده: "limited",
  محدود: "limited",
  سل: "limited",
  sl: "limited",
  slu: "limited",
  srl: "limited",
  sarl: "limited",
  gmbh: "limited",
  pty: "limited",
  pte: "limited",
  bv: "limited",
  wll: "limited",
  plc: "shares",
  pjsc: "shares",
  psc: "shares",
  sa: "shares",
  sas: "shares",
  sau: "shares",
  ag: "shares",
  nv: "shares",
  spa: "shares",
  ab: "shares",
  oy: "shares",
  inc: "shares",
  incorporated: "shares",
  corp: "shares",
  corporation: "shares",
  شمع: "shares",
  شمم: "shares",
  سهامي: "shares",
  llp: "partners",
  lp: "partners",
  kg: "partners",
  est: "owner",
  establishment: "owner",
  موسسه: "owner",
  fze: "free zone",
  fzco: "free zone",
};
const FILLERS = new Set("co company cia the and of y e de del la los las شركه شركت خاص عام با مسيوليت مسئوليت و 公司".split(" "));
const CHINESE_FORMS = /(股份有限公司|有限责任公司|有限公司|公司)$/;

export interface OrganisationForm {
  readonly words: readonly string[];
  /** The kind of company, "" when the name does not say. */
  readonly legalForm: string;
}

/** The words of a company's name that tell it from others (at most 8), and the legal form it names. */
export function organisationForm(name: string): OrganisationForm {
  const named: string[] = [];
  let legalForm = "";
  for (const written of joinInitials(foldedWords(name))) {
    const word = scriptOf(written) === "chinese" ? written.replace(CHINESE_FORMS, "") : written;
    if (word !== written) legalForm ||= written.includes("股份") ? "shares" : "limited";
    const form = legalForms[word];
    if (form !== undefined) legalForm ||= form;
    else if (word !== "" && !FILLERS.has(word)) named.push(word);
  }
  const units = nameUnits(named).filter((unit) => !unit.isParticle);
  const words = units.length === 0 ? foldedWords(name) : units.map((unit) => unit.key);
  return { words: words.slice(0, WORDS_MAX), legalForm };
}

/** "s a" written with full stops is sa, "i b m" is ibm. */
function joinInitials(words: readonly string[]): string[] {
  const joined: string[] = [];
  let run = "";
  for (const word of words) {
    if (word.length === 1 && /\p{L}/u.test(word)) {
      run += word;
      continue;
    }
    if (run !== "") joined.push(run);
    run = "";
    joined.push(word);
  }
  return run === "" ? joined : [...joined, run];
}

/** The kind of company behind whatever a source writes in its column for it; the text itself when it is none we know. */
export function legalFormOf(text: string): string {
  const form = organisationForm(text).legalForm;
  return form === "" ? foldedWords(text).join(" ") : form;
}
