import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { becomes, colleagueLike, gone, phone, seen, story, textOf, theFirst, wordsOf } from "../support/story.ts";

const arabicDigits = /[\u0660-\u0669]/;
const hijri = /[\u0660-\u0669]{4} هـ/;

/** The page of a phone is as wide as the phone; only tables inside may scroll. */
const expectNoSidewaysScroll = async (page: Page) => {
  const [wide, seenWide] = await page.evaluate<[number, number]>("[document.documentElement.scrollWidth, window.innerWidth]");
  expect(wide, page.url()).toBeLessThanOrEqual(seenWide);
};

const root = (page: Page, name: "lang" | "dir") => page.locator("html").getAttribute(name);

describe("the manager of the Riyadh branch, on a phone, in Arabic", () => {
  const arabic = wordsOf("ar");

  story("sees the page from right to left, with Hijri dates and Arabic digits", async ({ visit, ask }) => {
    const { page } = await visit(phone, "manager.riyadh");
    expect(await root(page, "dir")).toBe("rtl");
    expect(await root(page, "lang")).toBe("ar");
    await seen(page.getByText(hijri));
    await expectNoSidewaysScroll(page);
    await page
      .getByRole("navigation", { name: arabic("app:shell.areas") })
      .getByText(arabic("app:areas.customers"))
      .click();
    const cards = page.getByRole("list", { name: arabic("customers:list.title") });
    await seen(cards.getByRole("listitem"));
    expect(await page.getByRole("grid").count()).toBe(0);
    await expectNoSidewaysScroll(page);
    const [reach] = await ask<{ n: number }>(
      "select count(*)::int n from customers.customer join governance.organisation_unit u on u.unit_id = branch_id where u.code = 'SA-RUH-01'",
    );
    await seen(page.getByText(new RegExp(`(^|\\D)${reach?.n.toLocaleString("ar-u-nu-arab")}(\\D|$)`)));
  });

  story(
    "finds a customer by a number typed in Arabic digits, opens the record and reads the transactions as cards",
    async ({ visit, ask }) => {
      const known = theFirst(
        await ask<{ id: string; no: string; name: string }>(
          `select c.customer_id id, c.customer_no no, c.full_name name from customers.customer c
         join governance.organisation_unit u on u.unit_id = c.branch_id join customers.party p using (customer_id)
         join customers.transaction t on t.party_id = p.party_id
       where u.code = 'SA-RUH-01' and c.language = 'ar' group by 1 having count(*) > 10 order by 2 limit 1`,
        ),
      );
      const { page } = await visit(phone, "manager.riyadh");
      await page.getByRole("banner").getByText(arabic("app:search.short")).click();
      const local = known.no.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
      await page.getByRole("combobox", { name: arabic("app:search.label") }).fill(local);
      await page.getByRole("option").filter({ hasText: known.name }).click();
      await seen(page.getByRole("heading", { level: 1, name: known.name }));
      await expectNoSidewaysScroll(page);
      await page.getByRole("tab", { name: arabic("customers:tabs.transactions") }).click();
      const cards = page.getByRole("list", { name: arabic("customers:tabs.transactions") });
      const first = cards.getByRole("listitem").first();
      await seen(first);
      expect(await textOf(first)).toMatch(arabicDigits);
      expect(await textOf(first.locator("time").first())).toMatch(hijri);
      expect(await textOf(first.locator("time").first())).not.toMatch(/[0-9]/);
      await expectNoSidewaysScroll(page);
    },
  );

  story("changes language and calendar, and the page follows at once and stays so", async ({ visit, ask }) => {
    const login = await colleagueLike(ask, "manager.riyadh", { locale: "ar", calendar: "islamic-umalqura" });
    const { page } = await visit(phone, login);
    const choose = async (from: ReturnType<typeof wordsOf>, what: "language" | "calendar", value: string) => {
      await page.getByRole("button", { name: from("app:person.menu") }).click();
      await page.getByRole("combobox", { name: from(`app:person.${what}`) }).click();
      await page.getByRole("option", { name: value, exact: true }).click();
      await page.keyboard.press("Escape");
      await gone(page.getByRole("option", { name: value, exact: true }));
    };
    const persian = wordsOf("fa");
    await choose(arabic, "language", "فارسی");
    await becomes(() => root(page, "lang"), "fa");
    expect(await root(page, "dir")).toBe("rtl");
    await seen(page.getByText(persian("app:areas.customers"), { exact: true }));
    await choose(persian, "calendar", persian("app:calendars.persian"));
    await seen(page.getByText(/[\u06f0-\u06f9]{4}/)); // a Jalali year in Persian digits
    await gone(page.getByText(hijri));
    await choose(persian, "language", "中文");
    await becomes(() => root(page, "dir"), "ltr");
    await seen(page.getByText(wordsOf("zh")("app:areas.customers"), { exact: true }));
    await choose(wordsOf("zh"), "language", "Español");
    await becomes(() => root(page, "lang"), "es");
    await seen(page.getByText(wordsOf("es")("app:areas.customers"), { exact: true }));
    await gone(page.getByText(arabic("app:areas.customers"), { exact: true }));
    await expectNoSidewaysScroll(page);
    await page.reload();
    await becomes(() => root(page, "lang"), "es");
    await becomes(
      async () => (await ask<{ locale: string }>("select locale from governance.app_user where login = $1", [login]))[0]?.locale,
      "es",
    );
  });
});
