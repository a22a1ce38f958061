import type { Country } from "./places.ts";
import type { Random } from "./random.ts";

/** An identifier as the state gives it out, with a true check digit. */
export interface Identifier {
  readonly scheme: "national_id" | "registration" | "residence_permit";
  readonly country: Country;
  readonly value: string;
}

/** The number a resident of the country is known by. Foreigners get their own series where there is one. bornOn is YYYYMMDD. */
export function personIdentifier(
  random: Random,
  country: Country,
  person: { citizen: boolean; bornOn: string; female: boolean; birthplace: string },
): Identifier {
  const { citizen, bornOn, female, birthplace } = person;
  switch (country) {
    case "IR":
      return { scheme: "national_id", country, value: iranian(random) };
    case "CN":
      return { scheme: "national_id", country, value: chineseResident(random, bornOn, female, birthplace || "310") };
    case "ES":
      return { scheme: "national_id", country, value: citizen ? dni(random) : nie(random) };
    case "AE":
      return { scheme: "national_id", country, value: withLuhn(`784${bornOn.slice(0, 4)}${random.digits(7)}`) };
    case "SA":
      return { scheme: "national_id", country, value: withLuhn(`${citizen ? "1" : "2"}${random.digits(8)}`) };
    case "GB":
      return { scheme: "national_id", country, value: nino(random) };
  }
}

/** The company's number in the register of its country. */
export function companyIdentifier(random: Random, country: Country): Identifier {
  switch (country) {
    case "ES":
      return { scheme: "registration", country, value: cif(random) };
    case "CN":
      return { scheme: "registration", country, value: socialCredit(random) };
    case "IR":
      return { scheme: "registration", country, value: iranianCompany(random) };
    case "SA":
      return { scheme: "registration", country, value: `${random.pick(["1010", "4030", "7001"])}${random.digits(6)}` };
    case "AE":
      return { scheme: "registration", country, value: `CN-${random.digits(7)}` };
    case "GB":
      return { scheme: "registration", country, value: `0${random.digits(7)}` };
  }
}

function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [place, weight] of weights.entries()) {
    sum += Number(digits[place]) * weight;
  }
  return sum;
}

function iranian(random: Random): string {
  const body = `${String(random.int(1, 658)).padStart(3, "0")}${random.digits(6)}`;
  const rest = weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return `${body}${rest < 2 ? rest : 11 - rest}`;
}

// Shenasa meli: ten digits and a check over them, each raised by the last but one plus two.
function iranianCompany(random: Random): string {
  const body = `10${random.digits(8)}`;
  const raise = Number(body[9]) + 2;
  let sum = 0;
  for (const [place, weight] of [29, 27, 23, 19, 17, 29, 27, 23, 19, 17].entries()) {
    sum += (Number(body[place]) + raise) * weight;
  }
  return `${body}${(sum % 11) % 10}`;
}

function chineseResident(random: Random, bornOn: string, female: boolean, birthplace: string): string {
  const order = random.int(0, 499) * 2 + (female ? 0 : 1);
  const body = `${birthplace}1${String(random.int(1, 9)).padStart(2, "0")}${bornOn}${String(order).padStart(3, "0")}`;
  const sum = weighted(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return `${body}${"10X98765432"[sum % 11]}`;
}

const SOCIAL_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// A remainder of 0 is drawn again: the rule allows it, but checkers in the wild (stdnum among them) refuse it.
function socialCredit(random: Random): string {
  let code = "";
  while (code === "") {
    code = socialCreditCandidate(random);
  }
  return code;
}

function socialCreditCandidate(random: Random): string {
  let body = `91${random.pick(["310115", "310104", "110105", "110108", "440106", "440104"])}`;
  const entity = `MA${Array.from({ length: 6 }, () => SOCIAL_CREDIT_ALPHABET[random.int(0, 30)]).join("")}`;
  body += `${entity}${organisationCheck(entity)}`;
  let sum = 0;
  let weight = 1;
  for (const letter of body) {
    sum += SOCIAL_CREDIT_ALPHABET.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return sum % 31 === 0 ? "" : `${body}${SOCIAL_CREDIT_ALPHABET[31 - (sum % 31)]}`;
}

// GB 11714: the check character inside the credit code, over letters counted 0-9A-Z.
function organisationCheck(entity: string): string {
  let sum = 0;
  for (const [place, weight] of [3, 7, 9, 10, 5, 8, 4, 2].entries()) {
    sum += Number.parseInt(entity[place] ?? "0", 36) * weight;
  }
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

function dni(random: Random): string {
  const body = random.int(1_000_000, 79_999_999);
  return `${String(body).padStart(8, "0")}${DNI_LETTERS[body % 23]}`;
}

function nie(random: Random): string {
  const prefix = random.int(0, 2);
  const body = random.int(0, 9_999_999);
  return `${"XYZ"[prefix]}${String(body).padStart(7, "0")}${DNI_LETTERS[(prefix * 10_000_000 + body) % 23]}`;
}

function cif(random: Random): string {
  const body = `${random.pick(["28", "08", "41", "46", "48"])}${random.digits(5)}`;
  let sum = 0;
  for (const [place, letter] of [...body].entries()) {
    const digit = Number(letter);
    sum += place % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return `${random.pick(["A", "B", "B", "B"])}${body}${(10 - (sum % 10)) % 10}`;
}

function nino(random: Random): string {
  const prefix = random.pick([
    "AB",
    "CE",
    "EH",
    "GH",
    "HK",
    "JA",
    "JG",
    "KC",
    "LM",
    "MS",
    "NE",
    "NX",
    "PA",
    "PW",
    "RB",
    "RW",
    "SA",
    "SK",
    "TB",
    "WE",
    "YZ",
    "ZR",
  ]);
  return `${prefix}${random.digits(6)}${random.pick(["A", "B", "C", "D"])}`;
}

function withLuhn(body: string): string {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    const digit = Number(body[body.length - 1 - place]);
    sum += place % 2 === 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A domestic or international account number with its check digits; the bank codes are nobody's. serial: up to 10 digits, unique within the country. */
export function accountNumber(country: Country, serial: string): string {
  const ten = serial.padStart(10, "0");
  switch (country) {
    case "AE":
      return iban("AE", `999000000${ten}`);
    case "SA":
      return iban("SA", `9900000000${ten}`);
    case "IR":
      return iban("IR", `099000000000${ten}`);
    case "ES":
      return iban(
        "ES",
        `99990001${spanishCheck("99990001", [4, 8, 5, 10, 9, 7, 3, 6])}${spanishCheck(ten, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6])}${ten}`,
      );
    case "GB":
      return iban("GB", `VINC9900${ten.slice(0, 2)}${ten.slice(2)}`);
    case "CN":
      return withLuhn(`62299900${ten}`);
  }
}

function spanishCheck(digits: string, weights: readonly number[]): number {
  const check = 11 - (weighted(digits, weights) % 11);
  return check === 10 ? 1 : check === 11 ? 0 : check;
}

function iban(country: string, body: string): string {
  const rest = `${body}${country}00`;
  let modulus = 0;
  for (let place = 0; place < rest.length; place += 1) {
    const value = Number.parseInt(rest.charAt(place), 36);
    modulus = (modulus * (value > 9 ? 100 : 10) + value) % 97;
  }
  return `${country}${String(98 - modulus).padStart(2, "0")}${body}`;
}
