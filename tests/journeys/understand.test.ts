import { describe, expect } from "vitest";
import { becomes, colleagueLike, desktop, gone, phone, seen, story, theFirst, wordsOf } from "../support/story.ts";

const words = wordsOf("en");

describe("who works with what is known of customers", () => {
  story("a marketer builds a segment in words, sees who fits while building, and keeps it", async ({ visit, ask }) => {
    const [expected] = await ask<{ seen: number; members: number }>(
      `select count(*)::int as members, count(*) filter (where c.compartments is null)::int as seen
       from intelligence.customer_fact f join customers.customer c using (customer_id)
       where f.has_salary and f.customer_id not in (select customers.not_profiled())`,
    );
    const { page } = await visit(desktop, await colleagueLike(ask, "marketer", { locale: "en" }), "/segments/new");
    await page.getByRole("button", { name: words("ui:filter.add") }).click();
    await page.getByRole("combobox", { name: words("ui:filter.field") }).fill(words("segments:facts.has_salary"));
    await page
      .getByRole("option", { name: words("segments:facts.has_salary") })
      .first()
      .click();
    await page.getByRole("button", { name: words("ui:filter.apply") }).click();
    await seen(page.getByText(`${expected?.seen} customers fit`));
    const name = `Paid here ${process.pid}`;
    await page.getByRole("textbox", { name: words("segments:build.name") }).fill(name);
    await page.getByRole("button", { name: words("segments:build.save"), exact: true }).click();
    await seen(page.getByRole("heading", { level: 1, name }));
    await becomes(
      async () =>
        (await ask("select from intelligence.segment_member join intelligence.segment using (segment_id) where name = $1", [name])).length,
      expected?.members ?? 0,
    );
  });

  story("an analyst's kept list says which of its segments was put away, and goes on without it", async ({ visit, ask }) => {
    const name = `Was kept ${process.pid}`;
    const kept = theFirst(
      await ask<{ id: string }>(
        `insert into intelligence.segment (name, owner_id, shared, definition, archived_at)
         select $1, user_id, true, '{"filter": {"match": "all", "of": []}}', now() from governance.app_user limit 1 returning segment_id id`,
        [name],
      ),
    );
    const { page, expected } = await visit(desktop, await colleagueLike(ask, "analyst", { locale: "en" }), "/customers");
    expected.push(/^400 \/api\/customers/);
    const filter = { match: "all", of: [{ field: "member", op: "none_of", values: [kept.id] }] };
    await page.goto(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await seen(page.getByText(words("ui:errors.group_gone.title")));
    await seen(page.getByRole("alert").getByText(name));
    await page.getByRole("button", { name: new RegExp(`^${words("customers:filter.member")}: not`) }).click();
    await seen(page.locator("form").getByText(words("ui:filter.missing")));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Remove: / }).click();
    await seen(page.getByRole("row").nth(1));
    await gone(page.getByText(words("ui:errors.group_gone.title")));
  });

  story("a risk officer watches a customer, and the relationship manager sees it on a phone in Arabic", async ({ visit, ask }) => {
    const someone = theFirst(
      await ask<{ id: string }>(
        `select c.customer_id id from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
       where u.code = 'SA-RUH-01' and c.compartments is null
         and not exists (select from intelligence.watch_entry w join customers.party p using (party_id) where p.customer_id = c.customer_id)
       order by c.customer_no limit 1`,
      ),
    );
    const { page } = await visit(desktop, await colleagueLike(ask, "risk", { locale: "en" }), `/customers/${someone.id}?tab=risk`);
    await page.getByRole("button", { name: words("risk:watch.enter") }).click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("textbox", { name: words("risk:watch.why") }).fill("Lost the largest buyer");
    await panel.getByRole("textbox", { name: words("risk:watch.nextReview") }).fill("31/12/2030");
    await page.keyboard.press("Tab");
    await panel.getByRole("button", { name: words("risk:watch.enter") }).click();
    await seen(page.getByText("Lost the largest buyer"));
    const manager = await visit(phone, "manager.riyadh", `/customers/${someone.id}?tab=risk`);
    await seen(manager.page.getByText("Lost the largest buyer"));
    expect(await manager.page.getByRole("button", { name: wordsOf("ar")("risk:watch.look") }).count()).toBe(0);
  });
});
