import { isValidPhoneNumber } from "libphonenumber-js/max";
import { stdnum } from "stdnum";
import { expect, test } from "vitest";
import { landline, mobile } from "./contact.ts";
import { accountNumber, companyIdentifier, personIdentifier } from "./identifiers.ts";
import { type City, type Country, cities } from "./places.ts";
import { Random } from "./random.ts";

const TRIES = 400;

function inCity(country: Country, check: (random: Random, city: City) => void): void {
  for (const city of cities.filter((candidate) => candidate.country === country)) {
    for (let index = 0; index < TRIES; index += 1) {
      check(new Random(7, index, 1), city);
    }
  }
}

const person = (random: Random, city: City, citizen = true) =>
  personIdentifier(random, city.country, { citizen, bornOn: "19800229", female: true, birthplace: city.birthplace }).value;

test("Spanish DNI, NIE and CIF have their check letters", () => {
  inCity("ES", (random, city) => {
    expect(stdnum.ES?.dni?.validate(person(random, city)).isValid).toBe(true);
    expect(stdnum.ES?.nie?.validate(person(random, city, false)).isValid).toBe(true);
    expect(stdnum.ES?.cif?.validate(companyIdentifier(random, "ES").value).isValid).toBe(true);
  });
});

test("Chinese resident ids and social credit codes have their check characters, and tell sex and birth date", () => {
  inCity("CN", (random, city) => {
    const id = person(random, city);
    expect(stdnum.CN?.ric?.validate(id).isValid).toBe(true);
    expect(id.slice(6, 14)).toBe("19800229");
    expect(Number(id[16]) % 2).toBe(0); // women have even numbers
    expect(stdnum.CN?.uscc?.validate(companyIdentifier(random, "CN").value).isValid).toBe(true);
  });
});

test("British national insurance numbers have an allowed prefix", () => {
  inCity("GB", (random, city) => expect(stdnum.GB?.nino?.validate(person(random, city)).isValid).toBe(true));
});

test("Iranian melli codes satisfy their check digit", () => {
  inCity("IR", (random, city) => {
    const digits = [...person(random, city)].map(Number);
    const rest = digits.slice(0, 9).reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11;
    expect(digits).toHaveLength(10);
    expect(digits[9]).toBe(rest < 2 ? rest : 11 - rest);
  });
});

test("Saudi and Emirati ids satisfy Luhn and begin as they should", () => {
  inCity("SA", (random, city) => {
    expect(person(random, city)).toMatch(/^1\d{9}$/);
    expect(person(random, city, false)).toMatch(/^2\d{9}$/);
    expect(luhn(person(random, city))).toBe(0);
  });
  inCity("AE", (random, city) => {
    const id = person(random, city);
    expect(id).toMatch(/^7841980\d{8}$/);
    expect(luhn(id)).toBe(0);
  });
});

test("account numbers are IBANs with a true check, of the length of their country; Chinese ones satisfy Luhn", () => {
  const lengths = { AE: 23, SA: 24, IR: 26, ES: 24, GB: 22 } as const;
  for (const serial of ["17", "160016", "9999999999"]) {
    for (const [country, length] of Object.entries(lengths)) {
      const iban = accountNumber(country as Country, serial);
      expect(iban).toHaveLength(length);
      const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
      expect(BigInt(digits) % 97n).toBe(1n);
    }
    expect(luhn(accountNumber("CN", serial))).toBe(0);
  }
});

test("every phone is a valid number of its country", () => {
  const wrong: string[] = [];
  for (const country of ["AE", "SA", "IR", "CN", "ES", "GB"] as const) {
    inCity(country, (random, city) => {
      wrong.push(...[mobile(random, country), landline(random, city)].filter((phone) => !isValidPhoneNumber(phone)));
    });
  }
  expect(wrong).toEqual([]);
});

function luhn(digits: string): number {
  return (
    [...digits].reverse().reduce((sum, letter, place) => {
      const digit = Number(letter) * (place % 2 === 1 ? 2 : 1);
      return sum + (digit > 9 ? digit - 9 : digit);
    }, 0) % 10
  );
}
