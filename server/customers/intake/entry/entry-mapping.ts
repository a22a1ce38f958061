import { createHash } from "node:crypto";
import { parseMapping, planFile } from "../mapping/index.ts";
import type { FilePlan } from "../mapping/plan.ts";
import type { EnteredCustomer } from "./contract.ts";

/** What is entered by hand comes in through the same door as every file: a source of its own under this mapping. Its numbers are nobody's proof yet. */
export const entryMapping = `vinculo: 1
name: Entered by staff
source: { code: staff, name: Entered by staff, trust: 40 }
files:
  - file: entry.csv
    records:
      - kind: party
        key: key
        fields:
          kind: kind
          full_name: fullName
          given_name: givenName
          family_name: familyName
          latin_name: latinName
          sex: sex
          born_on: bornOn
          nationality: nationality
          language: language
          branch_code: branchCode
          portfolio_code: portfolioCode
        phones: [ { number: phone, purpose: mobile, country: country } ]
        emails: [ { address: email } ]
        addresses: [ { line: line, city: city, postal_code: postalCode, country: country, purpose: home } ]
        identifiers:
          - { scheme: national_id, number: nationalId, country: country, verified: { value: "false" }, check: true }
          - { scheme: tax_id, number: taxId, country: country, verified: { value: "false" }, check: true }
          - { scheme: passport, number: passport, country: nationality, verified: { value: "false" } }
          - { scheme: registration, number: registration, country: country, verified: { value: "false" } }
`;

export const entrySource = { code: "staff", name: "Entered by staff", trust: 40, trustFor: {} } as const;
export const entryMappingSha256 = createHash("sha256").update(entryMapping).digest();

type Column = keyof EnteredCustomer | "key" | "branchCode" | "portfolioCode";

const columns: readonly Column[] = [
  ...(["key", "kind", "fullName", "givenName", "familyName", "latinName", "sex", "bornOn", "nationality", "language"] as const),
  ...(["phone", "email", "line", "city", "postalCode", "country", "nationalId", "taxId", "passport", "registration"] as const),
  ...(["branchCode", "portfolioCode"] as const),
];

export const entryPlan = (): FilePlan => planFile(parseMapping(entryMapping), 0, columns);

/** The cells of the one row, in the order of the columns. */
export function entryCells(row: Readonly<Partial<Record<Column, string | undefined>>>): string[] {
  return columns.map((column) => row[column] ?? "");
}
