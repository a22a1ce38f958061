import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnsOf } from "../platform/data-map/index.ts";
import { personalData } from "./personal-data.ts";

/** Retention sweeps them, and they are of no one customer. */
const swept = ["customers.quarantine", "governance.notification"];

test("every table that a person decides about, to erase or to delete what is over its term, is called by words in each language", () => {
  const columns = columnsOf(personalData).filter(({ subject, retention }) => subject !== null && retention !== "audit_trail");
  const tables = new Set([...columns.map(({ table }) => table), ...swept].map((table) => table.split(".")[1] ?? table));
  expect(tables.size).toBeGreaterThan(40);
  for (const language of ["en", "ar", "fa", "zh", "es"]) {
    const file = join(import.meta.dirname, `../../web/privacy/locales/${language}.json`);
    const words = (JSON.parse(readFileSync(file, "utf8")) as { tables: Record<string, string> }).tables;
    expect(Object.keys(words)).toEqual(expect.arrayContaining([...tables]));
  }
});
