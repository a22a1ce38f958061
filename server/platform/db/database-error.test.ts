import pg from "pg";
import { expect, test } from "vitest";
import { DomainError } from "../errors/index.ts";
import { databaseError } from "./index.ts";

const failure = (code: string) =>
  Object.assign(new pg.DatabaseError("Key (national_id)=(0012345678) already exists", 1, "error"), { code, constraint: "party_key" });

test.for([
  ["23505", "conflict"],
  ["40P01", "unavailable"],
  ["42501", "not_found"],
  ["53100", "read_only"],
  ["53300", "unavailable"],
  ["55P03", "in_progress"],
  ["57014", "unavailable"],
  ["57P01", "unavailable"],
  ["08006", "unavailable"],
] as const)("SQLSTATE %s is %s, and its text is not repeated", ([state, code]) => {
  const mapped = databaseError(failure(state)) as DomainError;
  expect(mapped).toMatchObject({ name: "DomainError", code });
  expect(mapped.message).not.toContain("0012345678");
});

test("a mistake in SQL stays what it is", () => {
  const mistake = failure("42703");
  expect(databaseError(mistake)).toBe(mistake);
});

test("what is no error of the database passes unchanged", () => {
  const own = new DomainError("invalid_state", "closed");
  expect(databaseError(own)).toBe(own);
  const other = new TypeError("x is undefined");
  expect(databaseError(other)).toBe(other);
});

test.for(["ECONNREFUSED", "ECONNRESET", "EPIPE"])("%s is unavailable", (code) => {
  expect(databaseError(Object.assign(new Error("read"), { code }))).toMatchObject({ code: "unavailable" });
});
