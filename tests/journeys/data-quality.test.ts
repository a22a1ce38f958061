import { describe, expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { colleagueLike, desktop, gone, phone, seen, story } from "../support/story.ts";

describe("the quality of the data", () => {
  story("leads a steward from the score to the field, to the customers behind it and to one of them", async ({ visit, ask }) => {
    // Figures are kept once a day; the product of this run is younger. They are as of yesterday and a little worse.
    await ask(`insert into customers.quality_day select day - 1, source_id, branch_id, rule_no, records, least(records, failing + records / 20)
      from customers.quality_day where day = (select max(day) from customers.quality_day) on conflict do nothing`);
    const [worst] = await ask<{ customers: number; name: string; id: string }>(
      `with failing as (select distinct customer_id from customers.party_quality where failing >> 48 & 1 = 1)
       select (select count(*)::int from failing) customers, full_name as name, customer_id as id
       from customers.customer join failing using (customer_id) order by assets_minor desc, customer_id desc limit 1`,
    );
    if (worst === undefined) throw new Error("nobody's records disagree");
    const { page } = await visit(desktop, "steward");
    await page.getByRole("navigation", { name: "Areas" }).getByText("Data quality").click();
    await seen(page.getByRole("heading", { level: 1, name: "Data quality" }));
    await seen(page.getByRole("img", { name: /^From .+ to .+/ }).first());
    await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.locator("label", { hasText: "Agreement" }).click();
    await page.getByRole("link", { name: /^Contradictory: Date of birth, Together/ }).click();
    await seen(page.getByRole("heading", { level: 1, name: "Contradictory: Date of birth" }));
    const list = page.getByRole("list", { name: "Contradictory: Date of birth" });
    await seen(list.getByRole("link", { name: worst.name }).first());
    expect(await list.locator(":scope > li").count()).toBe(Math.min(worst.customers, 50));
    expect(await accessibilityFaults(page)).toEqual([]);
    await list.getByRole("link").first().click();
    await page.waitForURL(new RegExp(`/customers/${worst.id}`));
    await seen(page.getByRole("heading", { level: 1, name: worst.name }));
  });

  story("shows a branch manager the own branch on a phone, in Arabic", async ({ visit }) => {
    const { page } = await visit(phone, "manager.riyadh", "/quality?dimension=freshness");
    await seen(page.getByRole("heading", { level: 1, name: "جودة البيانات" }));
    await seen(page.getByText("الرياض").first());
    expect(await page.getByText("London City").count()).toBe(0);
    await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  });

  story("shows an auditor figures that lead to nobody", async ({ visit, ask }) => {
    const { page, expected } = await visit(desktop, await colleagueLike(ask, "auditor", { locale: "en" }), "/quality");
    await seen(page.getByRole("region", { name: "Where do records fail?" }).locator("td").first());
    expect(await page.getByRole("link", { name: /Open the list/ }).count()).toBe(0);
    await page.goto("/quality/work?dimension=completeness&field=email");
    await seen(page.getByText("This page is not for your role"));
    expected.push(/^403 /);
    expect((await page.request.get("/api/quality/work?dimension=completeness&field=email")).status()).toBe(403);
  });
});
