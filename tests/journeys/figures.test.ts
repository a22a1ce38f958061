import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, colleagueLike, desktop, gone, phone, seen, story } from "../support/story.ts";

/** Who has most in rials: ten digits and more. */
async function richestOfTehran(ask: Ask): Promise<string> {
  const [richest] = await ask<{ id: string }>(
    `select c.customer_id id from customers.customer c
       join governance.organisation_unit u on u.unit_id = c.branch_id and u.code like 'IR-%'
       join customers.party p using (customer_id) join customers.transaction t using (party_id)
     where c.currency = 'IRR' group by 1 order by max(c.assets_minor) desc limit 1`,
  );
  if (!richest) throw new Error("the demo bank has nobody with rials");
  return richest.id;
}

/** Amounts and days on the page, and those of them of which something lies outside of the cell or card that holds them. */
const figuresOf = (page: Page) =>
  page.evaluate<{ count: number; cut: string[] }>(`(() => {
    const figures = [...document.querySelectorAll("main :is(data, time)")].filter((one) => one.closest(".visually-hidden") === null && one.getClientRects().length > 0);
    const cutBy = (one, holder) => {
      const style = getComputedStyle(holder).overflowX;
      if (style === "visible" && holder.getAttribute("role") !== "gridcell") return false;
      const [inner, outer] = [one.getBoundingClientRect(), holder.getBoundingClientRect()];
      return inner.left < outer.left - 1 || inner.right > outer.right + 1 || one.scrollWidth > Math.ceil(one.getBoundingClientRect().width) + 1;
    };
    const cut = (one) => {
      for (let holder = one.parentElement; holder !== null && holder.tagName !== "MAIN"; holder = holder.parentElement) {
        if (["auto", "scroll"].includes(getComputedStyle(holder).overflowX)) return false;
        if (cutBy(one, holder)) return true;
      }
      return false;
    };
    return { count: figures.length, cut: figures.filter(cut).map((one) => one.textContent) };
  })()`);

async function expectWhole(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator("main data"));
  await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
  await page.evaluate("document.fonts.ready");
  // the columns grow in the same breath as the rows appear
  await becomes(async () => (await figuresOf(page)).cut, []);
  expect((await figuresOf(page)).count, path).toBeGreaterThan(2);
}

describe.each(["fa", "ar"] as const)("in %s, no amount in rials loses a digit", (locale) => {
  story("in the list, at the customer, in transactions and holdings", async ({ visit, ask }) => {
    const id = await richestOfTehran(ask);
    const { page } = await visit(desktop, await colleagueLike(ask, "rm.tehran", { locale }));
    await expectWhole(page, "/customers?sort=assets.desc");
    for (const tab of ["overview", "transactions", "holdings"]) await expectWhole(page, `/customers/${id}?tab=${tab}`);
  });
});

story(
  "a column of figures that was made narrow still shows every digit, and the columns beyond the edge are announced",
  async ({ visit, ask }) => {
    const { page } = await visit(
      { ...desktop, viewport: { width: 900, height: 800 } },
      await colleagueLike(ask, "rm.tehran", { locale: "en" }),
    );
    await page.addInitScript(`localStorage.setItem("vinculo-table-customers", JSON.stringify({ widths: { assets: 64, debts: 64 } }))`);
    await expectWhole(page, "/customers");
    await seen(page.locator("[role=grid][data-more]"));
    await page.evaluate('document.querySelector("[role=grid]").scrollTo({ left: 9999 })');
    await gone(page.locator("[role=grid][data-more]"));
  },
);

story("on a phone too", async ({ visit, ask }) => {
  const id = await richestOfTehran(ask);
  const { page } = await visit(phone, await colleagueLike(ask, "rm.tehran", { locale: "zh" }));
  for (const path of ["/customers", `/customers/${id}`, `/customers/${id}?tab=transactions`]) await expectWhole(page, path);
});
