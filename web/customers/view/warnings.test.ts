import { describe, expect, test } from "vitest";
import { givenHolding, givenView } from "./given-view.ts";
import { warningsOf } from "./warnings.ts";

const today = "2026-03-15";
const kinds = (...given: Parameters<typeof givenView>) => warningsOf(givenView(...given), today).map((warning) => warning.kind);

describe("what to know before saying hello", () => {
  test("of an ordinary customer there is nothing to say", () => {
    expect(kinds()).toEqual([]);
  });

  test("the gravest comes first", () => {
    const holdings = [
      givenHolding({ status: "dormant" }),
      givenHolding({ status: "in_arrears", class: "debt" }),
      givenHolding({ status: "defaulted", class: "debt" }),
    ];
    expect(kinds({ holdings, customer: { bornOn: "1980-03-16" } })).toEqual(["defaulted", "in_arrears", "dormant", "birthday"]);
  });

  test("nobody is wished a happy birthday after death, but the debts are named", () => {
    const holdings = [givenHolding({ status: "in_arrears", class: "debt" })];
    expect(kinds({ holdings, customer: { bornOn: "1940-03-16", deceasedOn: "2026-02-01", phone: null } })).toEqual([
      "deceased",
      "in_arrears",
    ]);
  });

  test("who closed everything has left, and is not called quiet as well", () => {
    expect(kinds({ holdings: [givenHolding({ status: "closed" })], customer: { lastTransactionOn: "2024-01-01" } })).toEqual(["left"]);
  });

  test("who never had a holding has not left", () => {
    expect(kinds({ holdings: [] })).toEqual([]);
  });

  test("quiet begins at 90 days", () => {
    expect(kinds({ customer: { lastTransactionOn: "2025-12-16" } })).toEqual([]);
    expect(kinds({ customer: { lastTransactionOn: "2025-12-15" } })).toEqual(["quiet"]);
  });

  test("a deposit that matures within a month is a reason to call; a loan's last day is not", () => {
    const at = { maturesOn: "2026-04-01" };
    expect(kinds({ holdings: [givenHolding({ ...at, kind: "term_deposit" })] })).toEqual(["matures"]);
    expect(kinds({ holdings: [givenHolding({ ...at, kind: "loan", class: "debt" })] })).toEqual([]);
    expect(kinds({ holdings: [givenHolding({ ...at, kind: "term_deposit", role: "authorised" })] })).toEqual([]);
  });

  test("the age on the coming birthday is told, and companies have none", () => {
    expect(warningsOf(givenView({ customer: { bornOn: "1980-03-17" } }), today)).toEqual([{ kind: "birthday", days: 2, age: 46 }]);
    expect(kinds({ customer: { kind: "organisation", bornOn: "2010-03-17" } })).toEqual([]);
  });

  test("an expired document and one about to expire are told apart; the last day still counts", () => {
    const identifier = { scheme: "passport", country: "ES", last4: "1234", verified: true, sources: [] };
    expect(kinds({ identifiers: [{ ...identifier, expiresOn: "2026-03-14" }] })).toEqual(["identifier_expired"]);
    expect(kinds({ identifiers: [{ ...identifier, expiresOn: "2026-03-15" }] })).toEqual(["identifier_expires"]);
    expect(kinds({ identifiers: [{ ...identifier, expiresOn: "2026-06-15" }] })).toEqual([]);
  });

  test("a child is a child", () => {
    expect(kinds({ customer: { bornOn: "2012-08-01" } })).toEqual(["minor"]);
  });

  test("without phone and address of mail nobody can be reached", () => {
    expect(kinds({ customer: { phone: null } })).toEqual(["unreachable"]);
  });
});
