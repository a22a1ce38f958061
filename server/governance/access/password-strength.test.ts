import { expect, test } from "vitest";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStrongPassword } from "./password-strength.ts";

const owner = { login: "rm.london", displayName: "Layla Haddad", bankName: "Northbank" };

function reasonOf(password: string): string | null {
  try {
    requireStrongPassword(password, owner);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.fields?.[0]?.reason ?? "no reason";
  }
}

test.each([
  ["password1234", "among the most used, with digits"],
  ["123456789012", "a row"],
  ["qwertyuiopas", "a row of keys"],
  ["aaaaaaaaaaaa", "one letter"],
  ["Northbank2026", "the bank and the year"],
  ["LaylaHaddad1", "the own name"],
  ["vinculo12345", "what it is the password of"],
])("%s is refused: %s", (password) => {
  expect(reasonOf(password)).toBe("easily_guessed");
});

test("a password that holds the login is refused, however long it is", () => {
  expect(reasonOf("Xq7 RM.London vg2!kw93 zzqp")).toBe("holds_login");
});

test.each(["correct horse battery staple", "kd83jfna02kd", "درخت بلوط کنار رودخانه", "大雪山上的老虎吃了三碗面条"])(
  "%s is taken",
  (password) => {
    expect(reasonOf(password)).toBeNull();
  },
);

test("two hundred characters are judged at once, and what follows a strong beginning does not weaken it", () => {
  expect(reasonOf(`kd83jfna02kd${"a".repeat(188)}`)).toBeNull();
});
