import { describe, expect, test } from "vitest";
import { DomainError } from "../../../platform/errors/index.ts";
import { failureReasons } from "./contract.ts";
import { failureOf, reasonOf } from "./failure-of.ts";

describe("why a load stopped", () => {
  test("is said by the file that was wrong, where one was", () => {
    const error = new DomainError("unsupported_file", "a.csv: it changed", { detail: { reason: "file_changed", file: "a.csv" } });
    expect(failureOf(error, false)).toEqual({
      code: "unsupported_file",
      reason: "file_changed",
      message: "a.csv: it changed",
      detail: { reason: "file_changed", file: "a.csv" },
    });
  });

  test("has a reason of its own for everything a person can cause", () => {
    const reasonFor = (code: ConstructorParameters<typeof DomainError>[0]) => failureOf(new DomainError(code, "x"), false).reason;
    expect(reasonFor("read_only")).toBe("disk_full");
    expect(reasonFor("not_allowed")).toBe("rights_withdrawn");
    expect(reasonFor("invalid_input")).toBe("mapping_does_not_fit");
    expect(reasonFor("not_found")).toBe("files_gone");
    expect(reasonFor("in_progress")).toBe("source_busy");
    expect(reasonFor("unavailable")).toBe("database_away");
  });

  test("never repeats the text of what nobody foresaw, which may hold values of rows", () => {
    const failure = failureOf(new Error("invalid value 'Ana Prueba'"), false);
    expect(failure.reason).toBe("unforeseen");
    expect(JSON.stringify(failure)).not.toContain("Ana");
  });

  test("is that it was asked to, when the process was stopping", () => {
    expect(failureOf(new Error("aborted"), true).reason).toBe("stopped");
  });

  test("is found by its code where it was written down before there were reasons, and never falls out of the list", () => {
    expect(reasonOf("read_only", undefined)).toBe("disk_full");
    expect(reasonOf("internal", undefined)).toBe("unforeseen");
    expect(failureReasons).toContain(reasonOf("a code of long ago", "nothing anybody knows"));
  });
});
