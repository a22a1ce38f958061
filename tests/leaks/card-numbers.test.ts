import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { endpoints } from "../../server/main/wiring.ts";
import { type Endpoint, isReference } from "../../server/platform/http/contract.ts";

describe("AC-66: a number that looks like a card's", () => {
  test("is let through only where numbers of documents, accounts and payments stand, and in what is looked for", () => {
    const found = new Set<string>();
    const walk = (name: string, schema: unknown, seen: Set<unknown>): void => {
      if (typeof schema !== "object" || schema === null || seen.has(schema)) return;
      if ("_zod" in schema && isReference(schema as z.core.$ZodType)) found.add(name);
      const def = "_zod" in schema ? (schema as z.core.$ZodType)._zod.def : schema;
      for (const [key, part] of Object.entries(def as object))
        walk(/^(innerType|shape|element|options|in|out|\d+)$/.test(key) ? name : `${name}.${key}`, part, new Set([...seen, schema]));
    };
    for (const one of endpoints as readonly Endpoint[]) {
      for (const part of [one.params, one.query, one.body]) walk(one.name, part, new Set());
    }
    expect([...found].sort()).toEqual([
      "closeFraudAlert.genuine",
      "decidePayment.account",
      "decidePayment.payee.account",
      "decidePayment.paymentId",
      "enterCustomer.customer.nationalId",
      "enterCustomer.customer.passport",
      "enterCustomer.customer.registration",
      "enterCustomer.customer.taxId",
      "findDuplicates.identifiers.value",
    ]);
  });
});
