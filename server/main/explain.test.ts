import { expect, test } from "vitest";
import { DomainError } from "../platform/errors/index.ts";
import { explain } from "./explain.ts";

test("a refusal whose sentence says all is that sentence alone", () => {
  const fields = [{ path: "files.0.file", reason: "must be a text" }];
  const detail = { reason: "no_such_file", file: "a.csv", loads: [{ loadNo: 7 }], loadNo: 7 };
  expect(explain(new DomainError("not_found", "a.csv of load 7 is not there: files.0.file: must be a text", { fields, detail }))).toBe(
    "a.csv of load 7 is not there: files.0.file: must be a text",
  );
});

test("what the sentence leaves out stands below it, once", () => {
  const error = new DomainError("invalid_input", "the mapping does not fit", {
    fields: [{ path: "name", reason: "is missing" }],
    detail: { by: "Ana", room: 5n, nothing: null },
  });
  expect(explain(error)).toBe("the mapping does not fit\n  name: is missing\n  by: Ana\n  room: 5");
});
