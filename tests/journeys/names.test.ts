import { describe, expect } from "vitest";
import { becomes, colleagueLike, desktop, seen, story } from "../support/story.ts";

interface Named {
  readonly no: string;
  readonly name: string;
  readonly latin: string;
}

/** As somebody writes who does not look at the marks: no accents, Latin small letters. */
const plain = (name: string) => name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

describe("a name is found however it is written", () => {
  story("in its own script, in Latin letters, without its marks, and in part", async ({ visit, ask }) => {
    const { page } = await visit(desktop, await colleagueLike(ask, "analyst", { locale: "en", calendar: "islamic-umalqura" }));
    const field = page.getByRole("banner").getByRole("combobox", { name: "Search" });
    const people = await ask<Named>(
      `select distinct on (language) customer_no no, full_name name, latin_name latin from customers.customer
       where language in ('ar', 'fa', 'zh', 'es', 'en') and kind = 'person' and party_count > 1 and latin_name is not null
       order by language, customer_no`,
    );
    expect(people).toHaveLength(5);
    const ways: ((named: Named) => string)[] = [
      ({ name }) => name,
      ({ name }) => name.slice(0, Math.max(2, name.length - 1)), // the search begins with two characters
      ({ latin }) => latin,
      ({ latin }) => plain(latin),
    ];
    // One person after the other, so that no answer can be left over from the search before.
    for (const way of ways) {
      for (const named of people) {
        await field.fill(way(named));
        await becomes(() => field.inputValue(), way(named));
        await seen(page.getByRole("option").filter({ hasText: named.no }));
      }
    }
    await field.fill("Nobodysname Whatsoever");
    await seen(page.getByText("Nothing found for “Nobodysname Whatsoever”"));
    expect(await page.getByRole("option").count()).toBe(0);
  });
});
