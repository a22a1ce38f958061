import type { enterCustomer } from "../../../server/customers/intake/contract.ts";
import type { CallInput } from "../../ui/api.ts";
import { toLatinDigits } from "../../ui/digits.ts";
import type { TypedRecord } from "../may-be-same.tsx";

export const kinds = ["person", "organisation"] as const;
/** What is asked for to see who is known. */
export const texts = ["phone", "email", "number", "line", "city"] as const;
/** What is asked for besides when the customer is entered. */
export const moreTexts = ["latinName", "postalCode"] as const;
export const lettersMax = {
  fullName: 200,
  latinName: 200,
  phone: 40,
  email: 200,
  number: 60,
  line: 200,
  city: 100,
  postalCode: 20,
} as const;
export const sexes = ["female", "male", "other"] as const;

type Text = (typeof texts)[number] | (typeof moreTexts)[number];
export interface Typed extends Readonly<Record<Text, string>> {
  readonly kind: (typeof kinds)[number];
  readonly fullName: string;
  readonly bornOn: string | null;
  readonly sex: (typeof sexes)[number] | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly branchCode: string | null;
  readonly portfolioCode: string | null;
}

export const nothingTyped: Typed = {
  ...{ kind: "person", fullName: "", latinName: "", bornOn: null, sex: null, language: null, country: null, branchCode: null },
  ...{ phone: "", email: "", number: "", line: "", city: "", postalCode: "", portfolioCode: null },
};

const some = (text: string) => (text.trim() === "" ? [] : [toLatinDigits(text.trim())]);

/** As the question who may be the same takes it: what is empty is left out. */
export function recordOf({ kind, fullName, bornOn, phone, email, number, line, city }: Typed): TypedRecord {
  return {
    kind,
    fullName: fullName.trim(),
    phones: some(phone),
    emails: some(email),
    identifiers: some(number).map((value) => ({ scheme: kind === "person" ? "national_id" : "registration", value })),
    ...(bornOn === null || kind === "organisation" ? {} : { bornOn }),
    ...(line.trim() === "" ? {} : { line: line.trim() }),
    ...(city.trim() === "" ? {} : { city: city.trim() }),
  };
}

/** As entering takes it; null while something that must be there is not. */
export function entryOf(typed: Typed, entryId: string, others: readonly string[]): CallInput<typeof enterCustomer> | null {
  const { kind, fullName, bornOn, sex, language, country, branchCode, portfolioCode } = typed;
  if (fullName.trim().length < 2 || branchCode === null) return null;
  const written = Object.fromEntries(
    (["latinName", "phone", "email", "line", "city", "postalCode"] as const).flatMap((name) =>
      some(typed[name]).map((text) => [name, text]),
    ),
  );
  const [number] = some(typed.number);
  const customer = {
    ...{ kind, fullName: fullName.trim(), ...written },
    ...(bornOn === null ? {} : { bornOn }),
    ...(sex === null || kind === "organisation" ? {} : { sex }),
    ...(language === null ? {} : { language }),
    ...(country === null ? {} : { country }),
    ...(number === undefined ? {} : { [kind === "person" ? "nationalId" : "registration"]: number }),
  };
  return { body: { entryId, branchCode, customer, others: [...others], ...(portfolioCode === null ? {} : { portfolioCode }) } };
}
