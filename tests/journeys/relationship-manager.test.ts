import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, desktop, gone, seen, story, textOf } from "../support/story.ts";

interface Known {
  readonly customerId: string;
  readonly customerNo: string;
  readonly name: string;
  readonly phone: string;
  readonly account: string;
  readonly branch: string;
}

/** Somebody with an account that moved both ways, whom two sources write differently. */
async function somebodyOf(ask: Ask, branchCode: string): Promise<Known> {
  const [known] = await ask<Known>(
    `select c.customer_id "customerId", c.customer_no "customerNo", c.full_name name, c.phone, h.number account, u.name branch
     from customers.customer c
       join governance.organisation_unit u on u.unit_id = c.branch_id and u.code = $1
       join customers.party p using (customer_id)
       join customers.holding h on h.party_id = p.party_id and h.kind = 'current_account' and h.status = 'open' and h.number is not null
       join customers.transaction t on t.party_id = h.party_id and t.holding_id = h.holding_id
     where c.kind = 'person' and not c.other_currencies and c.phone is not null
       and (select count(distinct value) from customers.attribute_value v where v.customer_id = c.customer_id and attribute = 'full_name') > 1
     group by c.customer_id, c.customer_no, c.full_name, c.phone, h.number, u.name
     having count(*) filter (where t.amount_minor > 0) > 2 and count(*) filter (where t.amount_minor < 0) > 2
     order by c.customer_no limit 1`,
    [branchCode],
  );
  if (known === undefined) throw new Error(`the demo bank has nobody fit for this story at ${branchCode}`);
  return known;
}

const searchField = (page: Page) => page.getByRole("banner").getByRole("combobox", { name: "Search" });
const hit = (page: Page, { name, customerNo }: Known) => page.getByRole("option").filter({ hasText: name }).filter({ hasText: customerNo });
const heading = (page: Page, { name }: Known) => page.getByRole("heading", { level: 1, name });

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await becomes(() => searchField(page).inputValue(), text);
}

describe("a relationship manager in London, at a desk, in English", () => {
  story("signs in, and a wrong password lets nobody in", async ({ visit }) => {
    const { page, expected } = await visit(desktop);
    expected.push(/^401 \/api\/sessions?$/);
    await page.goto("/customers");
    await page.getByLabel("Login").fill("rm.london");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await seen(page.getByText("Login and password do not match."));
    expect(await page.getByRole("navigation", { name: "Areas" }).count()).toBe(0);
    await page.getByLabel("Password", { exact: true }).fill("vinculo-demo");
    await page.keyboard.press("Enter");
    // where one wanted to go, not the home page
    await seen(page.getByRole("heading", { level: 1, name: "Customers" }));
  });

  story("finds a customer by part of the name, by phone, by account and by customer number", async ({ visit, ask }) => {
    const known = await somebodyOf(ask, "GB-LON-01");
    const { page } = await visit(desktop, "rm.london");
    const ways = [
      { text: known.name.split(" ").at(-1)?.slice(0, -1) ?? "", reason: null },
      { text: known.phone, reason: "by phone" },
      { text: known.account, reason: "by account number" },
      { text: known.customerNo, reason: "by customer number" },
    ];
    for (const { text, reason } of ways) {
      await search(page, text);
      await seen(reason === null ? hit(page, known) : hit(page, known).filter({ hasText: reason }));
      await page.keyboard.press("Escape");
      await gone(page.getByRole("listbox", { name: "Search results" }));
    }
    await search(page, known.customerNo);
    await seen(hit(page, known));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await seen(heading(page, known));
    // the results are still there for the next look
    await searchField(page).click();
    await seen(hit(page, known));
  });

  story("sees who the customer is, what they have to the minor unit, and how it moved", async ({ visit, ask }) => {
    const known = await somebodyOf(ask, "GB-LON-01");
    const { page } = await visit(desktop, "rm.london", `/customers/${known.customerId}`);
    await seen(heading(page, known));
    await seen(page.getByText(known.branch, { exact: true }));
    const [holding] = await ask<{ value: string }>(
      "select (balance_minor / 100.0)::numeric(20, 2) || ' ' || currency as value from customers.holding where number = $1",
      [known.account],
    );
    const have = page.getByRole("region", { name: "What they have" });
    await seen(have.locator("li", { hasText: known.account.slice(-2) }).locator(`data[value="${holding?.value}"]`));
    await seen(page.locator("figure", { hasText: "How did the net position move?" }).locator("svg path"));
    // documents show their last four characters and no more
    const numbers = page.locator("section", { has: page.getByRole("heading", { name: "Documents and numbers" }) });
    await seen(numbers);
    const endings = await ask<{ last4: string }>(
      "select i.last4 from customers.identifier i join customers.party p using (party_id) where p.customer_id = $1",
      [known.customerId],
    );
    const text = await textOf(numbers);
    for (const { last4 } of endings) {
      expect(text).toContain(last4);
      expect(text).not.toMatch(new RegExp(`[A-Z0-9]${last4}`, "i"));
    }
  });

  story("filters transactions by direction and by text, and the totals follow", async ({ visit, ask }) => {
    const known = await somebodyOf(ask, "GB-LON-01");
    const { page } = await visit(desktop, "rm.london", `/customers/${known.customerId}?tab=transactions`);
    const sums = page.locator("section", { has: page.getByRole("heading", { name: "In sum" }) });
    const shown = () => sums.locator("dd data").evaluateAll((all) => all.map((one) => one.getAttribute("value")));
    const totals = (condition: string, values: readonly unknown[] = []) =>
      ask<{ n: number; in: string; out: string; net: string; currency: string }>(
        `select count(*)::int n, t.currency,
           coalesce(sum(t.amount_minor) filter (where t.amount_minor > 0), 0) / 100.0 "in",
           coalesce(sum(t.amount_minor) filter (where t.amount_minor < 0), 0) / 100.0 "out", sum(t.amount_minor) / 100.0 net
         from customers.transaction t
         where t.holding_id in (select r.holding_id from customers.holding_role r join customers.party p using (party_id) where p.customer_id = $1
                                union select h.holding_id from customers.holding h join customers.party p using (party_id) where p.customer_id = $1)
           and (${condition})
         group by t.currency`,
        [known.customerId, ...values],
      );
    const expectShown = async (condition: string, values: readonly unknown[] = []) => {
      const [sum] = await totals(condition, values);
      const written = (amount: string) => `${Number(amount).toFixed(2)} ${sum?.currency}`;
      await becomes(shown, [written(sum?.in ?? "0"), written(sum?.out ?? "0"), written(sum?.net ?? "0")]);
      await seen(page.getByText(`Rows: ${Math.min(sum?.n ?? 0, 100)} of ${sum?.n}`));
      return sum?.n ?? 0;
    };
    const all = await expectShown("true");
    const direction = page.getByRole("radiogroup", { name: "Direction" });
    await direction.getByText("Out", { exact: true }).click();
    const out = await expectShown("t.amount_minor < 0");
    expect(out).toBeLessThan(all);
    const [word] = await ask<{ text: string }>(
      `select coalesce(t.counterparty_name, t.description) text from customers.transaction t join customers.party p using (party_id)
       where p.customer_id = $1 and t.amount_minor < 0 and length(coalesce(t.counterparty_name, t.description)) > 3 order by 1 limit 1`,
      [known.customerId],
    );
    await page.getByLabel("Text, name or account").fill(word?.text ?? "");
    const fitting = await expectShown("t.amount_minor < 0 and (t.counterparty_name ilike $2 or t.description ilike $2)", [
      `%${word?.text}%`,
    ]);
    expect(fitting).toBeLessThan(out);
    // the filter is in the address: a reload and a sent link keep it
    await page.reload();
    await becomes(() => page.getByLabel("Text, name or account").inputValue(), word?.text ?? "");
    await expectShown("t.amount_minor < 0 and (t.counterparty_name ilike $2 or t.description ilike $2)", [`%${word?.text}%`]);
    await page.getByRole("button", { name: "Clear the filter" }).click();
    expect(await expectShown("true")).toBe(all);
  });

  story("is told where a value comes from, who says otherwise and why this one won", async ({ visit, ask }) => {
    const known = await somebodyOf(ask, "GB-LON-01");
    const said = await ask<{ value: string; source: string; place: number }>(
      `select v.value, s.name source, v.place from customers.attribute_value v join customers.source s using (source_id)
       where v.customer_id = $1 and v.attribute = 'full_name' order by v.place`,
      [known.customerId],
    );
    const { page } = await visit(desktop, "rm.london", `/customers/${known.customerId}`);
    await page.getByRole("button", { name: "Where this comes from: Name", exact: false }).first().click();
    const origin = page.getByRole("tooltip");
    await seen(origin.getByText("The sources disagree.", { exact: false }));
    const rows = origin.locator("tbody tr");
    await becomes(() => rows.count(), said.length);
    for (const { value, source, place } of said) {
      await seen(rows.nth(place - 1).getByText(value, { exact: true }));
      await seen(rows.nth(place - 1).getByText(source, { exact: true }));
    }
    await seen(rows.first().getByLabel("the value that counts"));
    expect(said[0]?.value).toBe(known.name);
    await page.keyboard.press("Escape");
    await gone(origin);
  });

  story("comes back to the list as it was left", async ({ visit }) => {
    const { page } = await visit(desktop, "rm.london", "/customers");
    const grid = page.getByRole("grid", { name: "Customers" });
    const header = grid.getByRole("columnheader", { name: "Has with us" });
    const order = () => header.getAttribute("aria-sort");
    await grid.getByRole("button", { name: "Has with us" }).click();
    await becomes(order, "ascending");
    await grid.getByRole("button", { name: "Has with us" }).click();
    await becomes(order, "descending");
    await becomes(() => grid.getAttribute("aria-busy"), "false");
    const first = await textOf(grid.getByRole("rowheader").first().locator("a"));
    await grid.getByRole("rowheader").first().locator("a").click();
    await seen(page.getByRole("heading", { level: 1, name: first }));
    await page.goBack();
    await becomes(order, "descending");
    await becomes(() => textOf(grid.getByRole("rowheader").first().locator("a")), first);
  });

  story("finds nobody of another branch, neither by search nor in the list nor by the address", async ({ visit, ask }) => {
    const stranger = await somebodyOf(ask, "ES-MAD-01");
    // Other stories load, join and part customers meanwhile.
    const reach = async () => {
      const [row] = await ask<{
        n: number;
      }>(`select count(*)::int n from customers.customer c left join governance.organisation_unit u on u.unit_id = c.branch_id
         left join governance.portfolio f on f.portfolio_id = c.portfolio_id left join governance.app_user o on o.user_id = f.owner_user_id
       where u.code = 'GB-LON-01' or o.login = 'rm.london'`);
      return row?.n;
    };
    const { page, expected } = await visit(desktop, "rm.london");
    for (const text of [stranger.customerNo, stranger.phone, stranger.account]) {
      await search(page, text);
      await seen(page.getByText(`Nothing found for “${text}”`));
      expect(await page.getByRole("option").count()).toBe(0);
      await page.keyboard.press("Escape");
    }
    const saysReach = async () => {
      await page.goto("/customers");
      await seen(page.getByText("customers within your reach"));
      return (await textOf(page.locator("main"))).includes(`${await reach()} customers within your reach`);
    };
    await becomes(saysReach, true);
    expected.push(/^404 \/api\/customers\//);
    await page.goto(`/customers/${stranger.customerId}`);
    await seen(page.getByText("There is no such customer that you can see"));
    expect(await textOf(page.locator("main"))).not.toContain(stranger.name);
  });

  story("gets everywhere with the keyboard alone", async ({ visit }) => {
    const { page } = await visit(desktop, "rm.london");
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await seen(sheet.getByText("Commands"));
    await page.keyboard.press("Escape");
    await gone(sheet);
    await page.keyboard.press("Control+K");
    await seen(page.getByPlaceholder("What would you like to do?"));
    await page.keyboard.type("Customers");
    await seen(page.getByRole("button", { name: "Customers" }));
    await page.keyboard.press("Enter");
    const grid = page.getByRole("grid", { name: "Customers" });
    await seen(grid.getByRole("rowheader"));
    // Tab reaches the table in a few steps and it is one stop
    await becomes(async () => {
      await page.keyboard.press("Tab");
      return await grid.and(page.locator(":focus")).count();
    }, 1);
    await page.keyboard.press("ArrowDown");
    const second = await textOf(grid.getByRole("rowheader").nth(1).locator("a"));
    const active = await grid.getAttribute("aria-activedescendant");
    expect(await textOf(page.locator(`[id="${active}"] a`))).toBe(second);
    await page.keyboard.press("Enter");
    await seen(page.getByRole("heading", { level: 1, name: second }));
    await page.keyboard.press("Control+ArrowRight");
    await gone(page.getByRole("heading", { level: 1, name: second, exact: true }));
  });
});
