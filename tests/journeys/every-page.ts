import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { type Ask, gone, seen } from "../support/story.ts";

/** Eighteen pages at some two seconds each, on a machine that may be busy. */
export const EVERY_PAGE_MS = 300_000;

export interface Address {
  readonly name: string;
  readonly path: string;
}

/** The pages a steward may open, with a customer who has something of everything and a load that left rows in quarantine. */
export async function pagesOfSteward(ask: Ask): Promise<readonly Address[]> {
  const [customer] = await ask<{ id: string }>(
    `select customer_id id from customers.customer join customers.party using (customer_id) join customers.transaction using (party_id)
     where customer.kind = 'person' group by 1 order by max(party_count) desc, count(*) desc limit 1`,
  );
  const [load] = await ask<{ id: string }>(
    "select load_id id from customers.load join customers.quarantine using (load_no) where load.state = 'done' group by 1 order by count(*) desc limit 1",
  );
  const [mapping] = await ask<{ id: string }>("select mapping_id id from customers.mapping order by mapping_id limit 1");
  const [pair] = await ask<{ a: string; b: string }>(
    "select party_id a, other_party_id b from customers.match_pair order by bits, a, b limit 1",
  );
  const tabs = ["overview", "holdings", "transactions", "records", "relations"];
  return [
    { name: "home", path: "/" },
    { name: "customers", path: "/customers" },
    ...tabs.map((tab) => ({ name: `customer, ${tab}`, path: `/customers/${customer?.id}?tab=${tab}` })),
    { name: "doubtful pairs", path: "/identity?later=true" },
    { name: "pair", path: `/identity/pairs/${pair?.a}/${pair?.b}` },
    { name: "matching quality", path: "/identity/quality" },
    { name: "known customer", path: "/identity/known" },
    { name: "loads", path: "/loads" },
    { name: "new load", path: "/loads/new" },
    { name: "load report", path: `/loads/${load?.id}` },
    { name: "quarantine", path: "/quarantine" },
    { name: "mappings", path: "/mappings" },
    { name: "mapping", path: `/mappings/${mapping?.id}` },
    { name: "mapping editor", path: "/mappings/new" },
    { name: "organisation", path: "/organisation" },
  ];
}

/** Opens the page, waits until it has filled, and lets axe look for what is serious. */
export async function expectReadable(page: Page, { name, path }: Address): Promise<void> {
  await page.goto(path);
  await seen(page.locator("main h1"));
  await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
  await page.evaluate("document.fonts.ready");
  expect(await accessibilityFaults(page), name).toEqual([]);
}
