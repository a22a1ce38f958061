import { expect, test } from "vitest";
import { innerAddress, outerAddress } from "./address.ts";

const parts = (address: string) => {
  const { pathname, search, hash } = new URL(address, "https://crm.bank.example");
  return { pathname, search, hash };
};

test.each([
  "/customers?filter=%7B%22value%22%3A%22Ali%20?%23%22%7D&sort=name",
  "/customers/1?tab=holdings#below",
  "/sign-in?next=%2Fcustomers%3Ffilter%3DAli",
  "/invitation#token",
  "/",
])("%s keeps what the page shows and sends none of it", (address) => {
  const outer = outerAddress(address);
  expect(parts(outer).search).toBe("");
  expect(innerAddress(parts(outer))).toBe(address);
});

test("an address of before, with what the page shows before the #, is understood", () => {
  expect(innerAddress(parts("/customers?filter=a"))).toBe("/customers?filter=a");
});
