import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acts } from "./wiring.ts";

test("every act that needs an approval is called by words of its own, in each language", () => {
  for (const language of ["en", "ar", "fa", "zh", "es"]) {
    const file = join(import.meta.dirname, `../../web/approvals/locales/${language}.json`);
    const words = (JSON.parse(readFileSync(file, "utf8")) as { acts: Record<string, string> }).acts;
    expect(Object.keys(words)).toEqual(expect.arrayContaining(acts.map(({ action }) => action.replaceAll(".", "_"))));
  }
});
