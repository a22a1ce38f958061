import { type Bank, type Branch, type PortfolioKind, portfolioCode } from "./bank.ts";
import { type CompanyName, makeCompany } from "./companies.ts";
import { type Address, landline, makeAddress, mobile } from "./contact.ts";
import { gregorian } from "./dates.ts";
import { companyIdentifier, type Identifier, personIdentifier } from "./identifiers.ts";
import { ascii, mailbox, makeName, type PersonName } from "./people.ts";
import { type City, type Country, type Language, type Market, markets } from "./places.ts";
import { Random } from "./random.ts";

/** Drives that nobody sees and everything follows from; models later try to find them again. Around 0, deviation 1. */
export interface Drives {
  readonly income: number;
  readonly thrift: number;
  readonly risk: number;
  readonly digital: number;
  readonly travel: number;
  readonly loyalty: number;
}

interface Known {
  readonly index: number; // from 0
  readonly label: string; // C0000001, in the ground truth only
  readonly language: Language;
  readonly city: City;
  readonly market: Market;
  readonly branch: Branch;
  readonly portfolioCode: string | undefined;
  readonly segment: Segment;
  readonly drives: Drives;
  readonly sinceDay: number;
  readonly bornDay: number; // companies: founded
  readonly nationality: Country;
  readonly identifier: Identifier;
  readonly mobile: string;
  readonly landline: string;
  readonly email: string;
  readonly address: Address;
  readonly oldAddress: Address;
  readonly mainBank: boolean; // salary or turnover comes here
  readonly monthlyMinor: number; // income of a person, turnover of a company
}

export type Segment = "student" | "starter" | "family" | "mass" | "affluent" | "private" | "senior" | "small_business" | "corporate";

export interface Person extends Known {
  readonly kind: "person";
  readonly name: PersonName;
  readonly marital: "single" | "married" | "divorced" | "widowed";
  readonly occupation: string;
  readonly employer: string | undefined; // who pays the salary
}

export interface Company extends Known {
  readonly kind: "organisation";
  readonly company: CompanyName;
}

export type Customer = Person | Company;

const homelands: Readonly<Record<Language, readonly Country[]>> = { ar: ["AE", "SA"], fa: ["IR"], zh: ["CN"], es: ["ES"], en: ["GB"] };
/** Where the language tells women from men, the woman's word follows the stroke. */
const occupations: Readonly<Record<Language, readonly string[]>> = {
  ar: "مهندس/مهندسة معلم/معلمة طبيب/طبيبة محاسب/محاسبة موظف_حكومي/موظفة_حكومية مدير_مبيعات/مديرة_مبيعات ممرض/ممرضة مبرمج/مبرمجة فني/فنية صاحب_متجر/صاحبة_متجر محام/محامية".split(
    " ",
  ),
  fa: "مهندس معلم پزشک حسابدار کارمند_دولت مدیر_فروش پرستار برنامه‌نویس راننده مغازه‌دار وکیل تکنسین".split(" "),
  zh: "工程师 教师 医生 会计 公务员 销售经理 护士 程序员 司机 个体户 律师 技术员".split(" "),
  es: "Ingeniero/Ingeniera Docente Médico/Médica Contable Funcionario/Funcionaria Comercial Enfermero/Enfermera Programador/Programadora Conductor/Conductora Autónomo/Autónoma Abogado/Abogada Técnico/Técnica".split(
    " ",
  ),
  en: "Engineer Teacher Doctor Accountant Civil_servant Sales_manager Nurse Software_developer Driver Shopkeeper Solicitor Technician".split(
    " ",
  ),
};
const outOfWork: Readonly<Record<"student" | "retired", Readonly<Record<Language, string>>>> = {
  student: { ar: "طالب/طالبة", fa: "دانشجو", zh: "学生", es: "Estudiante", en: "Student" },
  retired: { ar: "متقاعد/متقاعدة", fa: "بازنشسته", zh: "退休", es: "Jubilado/Jubilada", en: "Retired" },
};

function wordFor(female: boolean, words: string): string {
  const [man = "", woman = man] = words.split("/");
  return (female ? woman : man).replaceAll("_", " ");
}

/** The customer with this number (from 0). A pure function of bank and number: any customer can be made alone, in any order. */
export function makeCustomer(bank: Bank, index: number): Customer {
  // Numbers 2k and 2k + 1 are neighbours: same branch, and many of them family, friends or partners (see life/pair.ts).
  const branch = new Random(bank.seed, index >> 1, 10).pick(bank.branches);
  const random = new Random(bank.seed, index, 1);
  const drives: Drives = {
    income: random.normal(),
    thrift: random.normal(),
    risk: random.normal(),
    digital: random.normal(),
    travel: random.normal(),
    loyalty: random.normal(),
  };
  return random.chance(0.09) ? makeOrganisation(bank, index, branch, random, drives) : makePerson(bank, index, branch, random, drives);
}

function makePerson(bank: Bank, index: number, branch: Branch, random: Random, drives: Drives): Person {
  const { city } = branch;
  const market = markets[city.country];
  const language = city.languages.pick(random);
  const age = Math.min(93, Math.max(18, 42 + drives.thrift * 3 + random.normal() * 16));
  const bornDay = Math.floor(bank.lastDay - age * 365.25 - random.int(0, 360));
  const bornOn = gregorian.compact(bornDay);
  const bornYear = Number(bornOn.slice(0, 4));
  const female = random.chance(0.48);
  const name = makeName(random, language, female, bornYear);
  const native = homelands[language].includes(city.country);
  const nationality = native ? city.country : random.pick(homelands[language]);
  const segment = personSegment(age, drives);
  const retired = age > 64;
  const work = retired
    ? outOfWork.retired[language]
    : segment === "student"
      ? outOfWork.student[language]
      : random.pick(occupations[language]);
  const level = Math.exp(drives.income * 0.5) * (retired ? 0.62 : segment === "student" ? 0.2 : segment === "starter" ? 0.75 : 1);
  const employer = makeCompany(random, random.chance(0.8) ? market.language : "en", employerPlace(city)).short;
  return {
    kind: "person",
    index,
    label: labelOf(index),
    language,
    city,
    market,
    branch,
    portfolioCode: portfolioOf(branch, segment, random),
    segment,
    drives,
    sinceDay: sinceDay(bank, random, bornDay + 16 * 365),
    bornDay,
    nationality,
    identifier: personIdentifier(random, city.country, { citizen: native, bornOn, female, birthplace: city.birthplace }),
    mobile: mobile(random, city.country),
    landline: landline(random, city),
    email: mailbox(random, name, bornYear),
    address: makeAddress(random, city),
    oldAddress: makeAddress(random, city),
    mainBank: random.chance(0.42 + 0.06 * drives.loyalty),
    monthlyMinor: toGrain(market.salaryMinor * level, market.currency === "IRR" ? 100_000_000 : 1000),
    name,
    marital:
      age < 26
        ? "single"
        : age > 74 && random.chance(0.4)
          ? "widowed"
          : random.pick(["married", "married", "married", "married", "single", "divorced"] as const),
    occupation: wordFor(female, work),
    employer: retired || segment === "student" ? undefined : employer,
  };
}

function makeOrganisation(bank: Bank, index: number, branch: Branch, random: Random, drives: Drives): Company {
  const { city } = branch;
  const market = markets[city.country];
  const language: Language = city.country === "AE" && random.chance(0.3) ? "en" : market.language;
  const company = makeCompany(random, language, employerPlace(city));
  const bornDay = bank.lastDay - random.int(400, 15_000);
  const large = drives.income > 0.9;
  const segment: Segment = large ? "corporate" : "small_business";
  const host = ascii(
    company.latin
      .replace(/[(,.].*$/, "")
      .split(" ")
      .slice(0, 3)
      .join(""),
  )
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return {
    kind: "organisation",
    index,
    label: labelOf(index),
    language,
    city,
    market,
    branch,
    portfolioCode: portfolioCode(branch, "B"),
    segment,
    drives,
    sinceDay: sinceDay(bank, random, bornDay),
    bornDay,
    nationality: city.country,
    identifier: companyIdentifier(random, city.country),
    mobile: mobile(random, city.country),
    landline: landline(random, city),
    email: `${random.pick(["info", "accounts", "office", "contact"])}@${host || "company"}${random.int(2, 99)}.example`,
    address: makeAddress(random, city),
    oldAddress: makeAddress(random, city),
    mainBank: random.chance(0.62),
    monthlyMinor: toGrain(market.salaryMinor * random.around(large ? 60 : 9, 0.5), 100_000),
    company,
  };
}

function personSegment(age: number, drives: Drives): Segment {
  if (age < 24) return "student";
  if (drives.income > 1.75) return "private";
  if (drives.income > 0.85) return "affluent";
  if (age < 31) return "starter";
  if (age > 64) return "senior";
  return age < 50 ? "family" : "mass";
}

function portfolioOf(branch: Branch, segment: Segment, random: Random): string | undefined {
  const kind: PortfolioKind | undefined =
    segment === "private" || segment === "affluent" ? "V" : random.chance(0.22) ? undefined : random.chance(0.5) ? "1" : "2";
  return kind === undefined ? undefined : portfolioCode(branch, kind);
}

/** Most came years ago, some during the history: growth has to be seen too. */
function sinceDay(bank: Bank, random: Random, earliest: number): number {
  const day = random.chance(0.16) ? random.int(bank.firstDay, bank.lastDay - 20) : bank.firstDay - Math.floor(random.around(1500, 0.7));
  return Math.min(Math.max(day, earliest), bank.lastDay - 10);
}

function employerPlace(city: City) {
  return { local: city.local, latin: city.latin, emirates: city.country === "AE" };
}

function labelOf(index: number): string {
  return `C${String(index + 1).padStart(7, "0")}`;
}

export function toGrain(amountMinor: number, grainMinor: number): number {
  return Math.round(amountMinor / grainMinor) * grainMinor;
}
