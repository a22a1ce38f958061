import { digitsAs } from "./dates.ts";
import { type City, type Country, markets } from "./places.ts";
import type { Random } from "./random.ts";

export interface Address {
  readonly line: string;
  readonly latinLine: string;
  readonly city: string;
  readonly latinCity: string;
  readonly postalCode: string;
  readonly country: Country;
}

const mobilePrefixes: Readonly<Record<Country, readonly string[]>> = {
  AE: ["50", "52", "54", "55", "56", "58"],
  SA: ["50", "53", "54", "55", "56", "59"],
  IR: ["912", "913", "915", "919", "921", "935", "936", "937", "938", "902"],
  CN: ["138", "139", "136", "150", "158", "186", "188", "135", "177"],
  ES: ["60", "61", "62", "63", "64", "65", "66", "67", "68", "69"],
  GB: ["7400", "7511", "7712", "7733", "7801", "7852", "7912", "7967"],
};
const dialCodes: Readonly<Record<Country, string>> = { AE: "971", SA: "966", IR: "98", CN: "86", ES: "34", GB: "44" };
const mobileLengths: Readonly<Record<Country, number>> = { AE: 9, SA: 9, IR: 10, CN: 11, ES: 9, GB: 10 };
const landlineLengths: Readonly<Record<Country, number>> = { AE: 8, SA: 9, IR: 10, CN: 10, ES: 9, GB: 10 };

/** A mobile number, E.164. */
export function mobile(random: Random, country: Country): string {
  const prefix = random.pick(mobilePrefixes[country]);
  return `+${dialCodes[country]}${prefix}${random.digits(mobileLengths[country] - prefix.length)}`;
}

/** A landline of the city, E.164. */
export function landline(random: Random, city: City): string {
  const length = landlineLengths[city.country] - city.areaCode.length;
  const first = random.pick(["2", "3", "4", "5", "6"]);
  const start = {
    GB: city.areaCode === "20" ? "7" : first,
    ES: "4",
    SA: city.areaCode === "12" ? "6" : "4",
    AE: first,
    IR: first,
    CN: first,
  }[city.country];
  return `+${dialCodes[city.country]}${city.areaCode}${start}${random.digits(length - 1)}`;
}

/** As people of the country write it: without the country, with a leading zero where it is used, in groups. */
export function localPhone(e164: string, country: Country): string {
  const national = e164.slice(dialCodes[country].length + 1);
  const trunk = country === "CN" || country === "ES" ? "" : "0";
  const head = country === "ES" ? 3 : country === "AE" || country === "SA" ? 2 : country === "GB" ? 4 : 3;
  return `${trunk}${national.slice(0, head)} ${national.slice(head, head + 3)} ${national.slice(head + 3)}`;
}

/** With two zeros in place of the plus. */
export function dialledPhone(e164: string): string {
  return `00${e164.slice(1)}`;
}

export function makeAddress(random: Random, city: City): Address {
  const street = markets[city.country].streets.pick(random);
  const latinStreet = street.latin[0] ?? street.native;
  const number = random.int(1, 180);
  const flat = random.int(1, 24);
  const base = { city: city.local, latinCity: city.latin, country: city.country };
  const district = random.pick(city.districts);
  switch (city.country) {
    case "AE": {
      const tower = random.int(1, 40);
      return {
        ...base,
        line: `${street.native}، برج ${tower}، شقة ${flat}${String(random.int(1, 9)).padStart(2, "0")}`,
        latinLine: `Tower ${tower}, ${latinStreet}, ${district.latin[0]}`,
        postalCode: `P.O. Box ${random.int(500, 99_999)}`,
      };
    }
    case "SA":
      return {
        ...base,
        line: `${street.native}، حي ${district.native}، مبنى ${random.int(2000, 8999)}`,
        latinLine: `${random.int(2000, 8999)} ${latinStreet}, ${district.latin[0]} Dist.`,
        postalCode: `${city.postal}${random.digits(5 - city.postal.length)}`,
      };
    case "IR":
      return {
        ...base,
        line: digitsAs(
          `${street.native}، کوچه ${random.pick(["نرگس", "یاس", "بهار", "لاله", "گلستان", "شهید رضایی", "مهر", "سوم", "پنجم", "دهم"])}، پلاک ${number}، واحد ${flat}`,
          "۰",
        ),
        latinLine: `No. ${number}, Unit ${flat}, ${latinStreet}`,
        postalCode: `${city.postal}${random.pick(["3", "4", "5", "6", "7", "8", "9"])}${random.digits(9 - city.postal.length)}`.slice(
          0,
          10,
        ),
      };
    case "CN":
      return {
        ...base,
        line: `${district.native}区${street.native}${number}号${random.int(1, 20)}栋${random.int(1, 28)}0${random.int(1, 6)}室`,
        latinLine: `Room ${random.int(1, 28)}0${random.int(1, 6)}, No. ${number} ${latinStreet}, ${district.latin[0]}`,
        postalCode: `${city.postal}${String(random.int(0, 999)).padStart(6 - city.postal.length, "0")}`.slice(0, 6),
      };
    case "ES": {
      const door = `${random.int(1, 8)}.º ${random.pick(["A", "B", "C", "D", "izda.", "dcha."])}`;
      return {
        ...base,
        line: `${street.native}, ${number}, ${door}`,
        latinLine: `${street.native}, ${number}, ${door}`,
        postalCode: `${city.postal}0${String(random.int(1, 45)).padStart(2, "0")}`,
      };
    }
    case "GB": {
      const line = random.chance(0.3) ? `Flat ${flat}, ${number} ${street.native}` : `${number} ${street.native}`;
      const letters = "ABDEFGHJLNPQRSTUWXYZ";
      const inward = `${random.int(1, 9)}${letters[random.int(0, 19)]}${letters[random.int(0, 19)]}`;
      return { ...base, line, latinLine: line, postalCode: `${city.postal}${random.int(1, city.code === "GB-LON" ? 19 : 20)} ${inward}` };
    }
  }
}
