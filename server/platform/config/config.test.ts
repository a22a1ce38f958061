import { resolve } from "node:path";
import { expect, test } from "vitest";
import { describeSettings, Refusal, readConfig } from "./index.ts";

test("without any setting everything has its default", () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    home: resolve("data"),
    databaseUrl: null,
    demoCustomers: 3000,
    logLevel: "info",
    databasePort: 0,
  });
});

test("an empty setting counts as not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
});

test("the configuration cannot be changed afterwards", () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test.for([
  [{ PORT: "abc" }, 'The setting PORT must be a whole number from 0 to 65535, not "abc".'],
  [{ PORT: "70000" }, 'The setting PORT must be at most 65535, not "70000".'],
  [{ PORT: "-1" }, 'The setting PORT must be a whole number from 0 to 65535, not "-1".'],
  [{ VINCULO_PUBLIC_URL: "javascript:alert(1)" }, /^The setting VINCULO_PUBLIC_URL must be an http:\/\/ or https:\/\/ address, not/],
  [{ LOG_LEVEL: "loud" }, /^The setting LOG_LEVEL must be trace, .*, not "loud"\.$/],
  [{ VINCULO_VIRUS_SCANNER: "tcp://scan.bank.example:3310" }, /^The setting VINCULO_VIRUS_SCANNER must be unix:/],
  [{ DATABASE_APP_URL: "postgres://x/y" }, /set DATABASE_URL too/],
] as const)("%j is refused in one sentence that names it", ([env, sentence]) => {
  expect(() => readConfig(env)).toThrow(Refusal);
  expect(() => readConfig(env)).toThrow(sentence);
});

test.each([
  ["postgres://bank:pw@db.bank.example/crm", false],
  ["postgres://bank:pw@db.bank.example/crm?sslmode=require", false],
  ["postgres://bank:pw@db.bank.example/crm?sslmode=disable", false],
  ["postgres://bank:pw@10.0.0.7/crm", false],
  ["postgres://bank:pw@127.0.0.1.evil.example/crm", false],
  ["postgres://bank:pw@localhost/crm?host=db.bank.example", false],
  ["postgres://bank:pw@db.bank.example/crm?sslmode=verify-full", true],
  ["postgres://bank:pw@127.0.0.1:5433/crm", true],
  ["postgres://bank:pw@localhost/crm", true],
  ["postgres://bank:pw@[::1]/crm", true],
])("a database on another machine is asked over TLS alone, its certificate checked: %s", (address, taken) => {
  const read = () => readConfig({ DATABASE_URL: address });
  if (taken) expect(read().databaseUrl).toBe(address);
  else {
    expect(read).toThrow(/sslmode=verify-full/);
    expect(read).not.toThrow(/pw/);
    expect(readConfig({ DATABASE_URL: address, VINCULO_DATABASE_CLEAR: "allowed" }).databaseUrl).toBe(address);
  }
});

test("a database address that is refused is not repeated, for it carries a password", () => {
  expect(() => readConfig({ DATABASE_URL: "mysql://bank:hunter2@host/db" })).toThrow(/^(?!.*hunter2).*DATABASE_URL/);
});

test("every setting has a line of explanation", () => {
  for (const setting of describeSettings()) expect(setting.explanation, setting.name).toMatch(/\.$/);
});
