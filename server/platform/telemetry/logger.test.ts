import pg from "pg";
import { expect, test } from "vitest";
import { DomainError } from "../errors/index.ts";
import { createLogger } from "./index.ts";

function lines(write: (logger: ReturnType<typeof createLogger>) => void): { text: string; parsed: Record<string, unknown>[] } {
  let text = "";
  write(createLogger({ logLevel: "info" }, { write: (line: string) => (text += line) }));
  return {
    text,
    parsed: text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test("line breaks and terminal codes in a value cannot forge a second line", () => {
  const nasty = 'x\r\n{"level":"fatal"}\u001b[2J\u009b31m\u202egpj.exe';
  const { text, parsed } = lines((logger) => logger.info({ name: nasty, nested: { list: [nasty] } }, nasty));
  expect(parsed).toHaveLength(1);
  expect(text.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u);
});

test("a value of a megabyte is cut to 2,000 characters", () => {
  const { text } = lines((logger) => logger.info({ note: "a".repeat(1_000_000) }, "b".repeat(1_000_000)));
  expect(text.length).toBeLessThan(5_000);
});

test("secrets and bodies are left out whatever they hold, at any depth", () => {
  const { text } = lines((logger) =>
    logger.info({ headers: { cookie: "hunter2" }, a: { Password: "hunter2", sessionToken: "hunter2", body: ["hunter2"] } }, "x"),
  );
  expect(text).not.toContain("hunter2");
});

test("an error of PostgreSQL is logged without the values it repeats", () => {
  const cause = Object.assign(new pg.DatabaseError('invalid input syntax for type date: "Zhang Wei"', 1, "error"), {
    code: "22007",
    detail: "Key (national_id)=(Zhang Wei) exists",
    where: "unnamed portal parameter $1 = 'Zhang Wei'",
    table: "party",
  });
  const { text, parsed } = lines((logger) =>
    logger.error({ err: new DomainError("internal", "unexpected error", { cause }) }, "request failed"),
  );
  expect(text).not.toContain("Zhang");
  expect(parsed[0]).toMatchObject({ level: "error", err: { message: "unexpected error", cause: { code: "22007", table: "party" } } });
});

test("an object that contains itself and a bigint do not break a line", () => {
  const loop: Record<string, unknown> = { amount: 5n };
  Object.assign(loop, { self: loop });
  expect(lines((logger) => logger.info({ loop }, "x")).parsed).toHaveLength(1);
});
