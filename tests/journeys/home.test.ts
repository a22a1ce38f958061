import { describe, expect } from "vitest";
import { becomes, colleagueLike, desktop, gone, phone, seen, story, textOf, theFirst, wordsOf } from "../support/story.ts";
import { expectReadable } from "./every-page.ts";

describe("the home page begins with figures, and every figure is the list behind it", () => {
  story("a branch manager reads the branch in Arabic on a phone and follows a number to its customers", async ({ visit, ask }) => {
    const arabic = wordsOf("ar");
    const [branch] = await ask<{ customers: number; quiet: number }>(
      `select count(*)::int customers, count(*) filter (where coalesce(last_transaction_on, '-infinity') <= (now() at time zone 'UTC')::date - 90)::int quiet
       from customers.customer join governance.organisation_unit u on u.unit_id = branch_id where u.code = 'SA-RUH-01'`,
    );
    const local = (value: number | undefined) => new RegExp(`(^|\\D)${(value ?? 0).toLocaleString("ar-u-nu-arab")}(\\D|$)`);
    const { page } = await visit(phone, "manager.riyadh");
    const figures = page.getByRole("region", { name: arabic("customers:standing.reach") });
    await seen(figures.getByText(local(branch?.customers)));
    await seen(
      page
        .getByRole("table")
        .getByRole("rowheader")
        .filter({ hasText: arabic("customers:standing.unassigned") }),
    );
    await expectReadable(page, "/");
    await figures
      .getByRole("link")
      .filter({ hasText: local(branch?.quiet) })
      .first()
      .click();
    await seen(page.getByRole("heading", { level: 1, name: arabic("customers:list.title") }));
    await seen(page.locator("main header").getByText(local(branch?.quiet)));
  });

  story("a relationship manager reads the own portfolio, and who is in arrears carries a mark with words", async ({ visit, ask }) => {
    const mine =
      "portfolio_id in (select portfolio_id from governance.portfolio join governance.app_user on user_id = owner_user_id where login = 'rm.london')";
    await ask(
      `update customers.customer set in_arrears = true where customer_id = (select min(customer_id::text)::uuid from customers.customer where ${mine})`,
    );
    const late = theFirst(
      await ask<{ name: string; n: number }>(
        `select min(full_name) name, count(*)::int n from customers.customer where ${mine} and in_arrears`,
      ),
    );
    expect(late.n).toBeGreaterThan(0);
    const { page } = await visit(desktop, "rm.london");
    await expectReadable(page, "/");
    const figures = page.getByRole("region", { name: "Your portfolio" });
    await figures
      .locator("div", { hasText: "In arrears" })
      .getByRole("link", { name: `${late.n}`, exact: true })
      .last()
      .click();
    await seen(page.getByText(late.n === 1 ? "One customer fits" : `${late.n} customers fit`));
    const rows = page.getByRole("grid", { name: "Customers" }).getByRole("rowheader");
    await becomes(() => rows.count(), late.n);
    await becomes(() => rows.getByRole("img", { name: "In arrears" }).count(), late.n);
    await seen(rows.filter({ hasText: late.name }));
    await gone(page.getByText(/\b0(\.00)? (EUR|GBP)\b/).and(page.locator("[class*=sums] *")));
  });
});

describe("the bell", () => {
  story("tells a steward which loads ended and leads to them; whoever may not see loads is told of none", async ({ visit, ask }) => {
    const load = theFirst(
      await ask<{ id: string; no: number }>(
        "select load_id id, load_no no from customers.load join customers.source s using (source_id) where finished_at is not null and not s.by_hand order by finished_at desc limit 1",
      ),
    );
    const steward = await visit(desktop, await colleagueLike(ask, "steward", { locale: "en" }));
    await steward.page.getByRole("button", { name: "Notifications: something new" }).click();
    const news = steward.page.getByRole("dialog", { name: "Notifications" });
    await news.getByRole("link", { name: new RegExp(`^Load ${load.no} `) }).click();
    await becomes(async () => new URL(steward.page.url()).pathname, `/loads/${load.id}`);
    await seen(steward.page.getByRole("button", { name: "Notifications", exact: true }));
    const manager = await visit(desktop, "rm2.london");
    await manager.page.getByRole("button", { name: "Notifications" }).click();
    await seen(manager.page.getByRole("dialog", { name: "Notifications" }));
    expect(await manager.page.getByRole("link", { name: /^Load / }).count()).toBe(0);
  });
});

describe("on a right-to-left page", () => {
  story("a minus stands before the digits, isolated, and the axis of a chart has local digits", async ({ visit, ask }) => {
    const owing = theFirst(
      await ask<{ id: string }>(
        `select customer_id id from customers.customer join governance.organisation_unit u on u.unit_id = branch_id
       where u.code = 'SA-RUH-01' and debts_minor > assets_minor and assets_minor > 0 and not other_currencies order by party_count desc, customer_no limit 1`,
      ),
    );
    const { page } = await visit({ ...desktop, locale: "ar-SA" }, "manager.riyadh", `/customers/${owing.id}`);
    const net = page.locator("dl data").first();
    await seen(net);
    expect(await textOf(net)).toMatch(/^\u2066\u2212[\u0660-\u0669٬٫]+\u2069 SAR$/);
    // A minus that turned would stand behind the last digit: it is measured where it is painted.
    const [minus, last] = await net.locator("bdi").evaluate((element) => {
      const text = (element as unknown as { firstChild: { data: string } }).firstChild;
      const doc = (globalThis as unknown as { document: { createRange(): Range } }).document;
      interface Range {
        setStart(node: unknown, at: number): void;
        setEnd(node: unknown, at: number): void;
        getBoundingClientRect(): { left: number };
      }
      const leftOf = (at: number): number => {
        const range = doc.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      };
      return [leftOf(1), leftOf(text.data.length - 2)];
    });
    expect(minus).toBeLessThan(last ?? 0);
    const ticks = page.locator("svg.recharts-surface .recharts-cartesian-axis-tick-value");
    await seen(ticks);
    expect((await ticks.allTextContents()).join(" ")).not.toMatch(/[0-9]/);
  });
});

describe("by keyboard alone", () => {
  story("the skip link is the first stop and leads to the content; dialogs give the focus back", async ({ visit }) => {
    const { page } = await visit(desktop, "rm2.london");
    const focused = async () =>
      await page.evaluate<string>(
        "document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent",
      );
    await page.keyboard.press("Tab");
    await becomes(focused, "Skip to the content");
    await page.keyboard.press("Enter");
    await becomes(focused, "content");
    const person = page.getByRole("button", { name: "Person and settings" });
    for (const [opener, dialog] of [
      [page.getByRole("button", { name: "Keyboard shortcuts" }), page.getByRole("dialog", { name: "Keyboard shortcuts" })],
      [page.getByRole("button", { name: "Commands" }), page.getByPlaceholder("What would you like to do?")],
      [person, page.getByRole("dialog", { name: "Person and settings" })],
    ] as const) {
      await opener.focus();
      await page.keyboard.press("Enter");
      await seen(dialog);
      await page.keyboard.press("Escape");
      await gone(dialog);
      await becomes(() => opener.evaluate((element) => element.matches(":focus")), true);
    }
  });
});
