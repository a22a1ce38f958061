import { globSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { type Ask, colleagueLike, gone, phone, seen, story } from "../support/story.ts";

/** Some twenty pages at some two seconds each, on a machine that may be busy. */
const EVERY_PAGE_MS = 300_000;

/** Who opens the pages: each is opened by the first of them who may. */
export const openers = [
  ...["steward", "analyst", "admin", "auditor", "privacy", "compliance", "marketer", "finance", "risk", "fraud", "scientist"],
  "rm.london",
] as const;
export type Opener = (typeof openers)[number];

/** An address of a page whose path has parameters: of what there is most of. */
const examples: Readonly<Record<string, string>> = {
  "/audit/customers/$customerId": "select '/audit/customers/' || customer_id as path from customers.customer order by customer_no limit 1",
  "/customers/$customerId": `select '/customers/' || customer_id as path from customers.customer join customers.party using (customer_id)
    join customers.transaction using (party_id) where customer.kind = 'person' group by customer_id order by max(party_count) desc, count(*) desc limit 1`,
  "/fraud/rules/$setNo": "select '/fraud/rules/' || set_no as path from intelligence.fraud_rule_set order by set_no limit 1",
  "/identity/pairs/$a/$b":
    "select '/identity/pairs/' || party_id || '/' || other_party_id as path from customers.match_pair order by bits, 1 limit 1",
  "/loads/$loadId": `select '/loads/' || load_id as path from customers.load join customers.quarantine using (load_no) where load.state = 'done'
    group by load_id order by count(*) desc limit 1`,
  "/mappings/$mappingId": "select '/mappings/' || mapping_id as path from customers.mapping order by mapping_id limit 1",
  "/models/$modelId": "select '/models/churn' as path",
  "/people/$userId": "select '/people/' || user_id as path from governance.app_user where login = 'rm.london'",
  "/reports/$reportId": "select '/reports/00000000-0000-7000-8000-0000000a0001' as path",
  "/segments/$segmentId": "select '/segments/' || segment_id as path from intelligence.segment order by name limit 1",
};

/** Pages of which the small demo bank has no example. */
const without: readonly string[] = ["/fraud/$alertId", "/risk/applications/$applicationId"];

/** Tabs that nobody of the demo bank may open: who looked at a customer, for a role that reads both customers and the trail. */
const unopened: readonly string[] = ["looks"];

const customerPage = "/customers/$customerId";
const ownTabs = ["overview", "holdings", "transactions", "records"];

/** What this reads of `web/ui/area-contract.ts`; its own types would bring those of the browser with them. */
interface Area {
  readonly pages: readonly { readonly path: string; readonly permission?: string }[];
  readonly tabs?: readonly { readonly page: string; readonly id: string; readonly permission?: string }[];
}

interface Opened {
  readonly path: string;
  readonly permissions: readonly string[];
}

async function allPages(ask: Ask): Promise<readonly Opened[]> {
  const root = join(import.meta.dirname, "../..");
  const files = globSync("web/*/area.ts", { cwd: root }).sort();
  const areas = await Promise.all(files.map(async (file) => ((await import(join(root, file))) as { area: Area }).area));
  const pages = areas.flatMap((area) => area.pages).filter(({ path }) => !without.includes(path));
  const tabs = areas.flatMap((area) => area.tabs ?? []).filter(({ page, id }) => page === customerPage && !unopened.includes(id));
  const found: Opened[] = [{ path: "/", permissions: [] }];
  for (const { path, permission } of pages) {
    const address = path.includes("$") ? (await ask<{ path: string }>(examples[path] ?? "select null as path"))[0]?.path : path;
    if (address === undefined || address === null || address === "")
      throw new Error(`${path} has no example in every-page.ts, or the demo bank none of it`);
    const needed = permission === undefined ? [] : [permission];
    if (path !== customerPage) found.push({ path: address, permissions: needed });
    else {
      for (const id of ownTabs) found.push({ path: `${address}?tab=${id}`, permissions: needed });
      for (const { id, permission: more } of tabs)
        found.push({ path: `${address}?tab=${id}`, permissions: more === undefined ? needed : [...needed, more] });
    }
  }
  return found;
}

/** The pages there are, by who opens them. Fails where a page has no example, or nobody may open it. */
export async function pagesByOpener(ask: Ask): Promise<ReadonlyMap<Opener, readonly string[]>> {
  const rows = await ask<{ login: Opener; permissions: string[] }>(
    `select u.login, array_agg(distinct p) as permissions from governance.app_user u join governance.role_assignment a using (user_id)
       join governance.role r using (role_id) cross join unnest(r.permissions) p where u.login = any ($1) group by u.login`,
    [openers],
  );
  const held = new Map(rows.map(({ login, permissions }) => [login, new Set(permissions)]));
  const pages = new Map<Opener, string[]>(openers.map((login) => [login, []]));
  for (const { path, permissions } of await allPages(ask)) {
    const opener = openers.find((login) => permissions.every((permission) => held.get(login)?.has(permission)));
    if (opener === undefined) throw new Error(`nobody of every-page.ts may open ${path}, which needs ${permissions.join(" and ")}`);
    pages.get(opener)?.push(path);
  }
  return pages;
}

/** Opens the page, waits until it has filled, and lets axe look for what is serious. */
export async function expectReadable(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator("main h1"));
  await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
  await page.evaluate("document.fonts.ready");
  expect.soft(await accessibilityFaults(page), path).toEqual([]);
}

export const hijri = { locale: "ar", calendar: "islamic-umalqura" };

/** A story for each of them, of all the pages that they are the first to open. */
export function readPagesOf(some: readonly Opener[]): void {
  for (const opener of some) {
    story(`on any page first opened by ${opener}, and none is wider than the phone`, { timeout: EVERY_PAGE_MS }, async ({ visit, ask }) => {
      const paths = (await pagesByOpener(ask)).get(opener) ?? [];
      const { page } = await visit(phone, await colleagueLike(ask, opener, hijri));
      const wide: string[] = [];
      for (const path of paths) {
        await expectReadable(page, path);
        if ((await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")) > 0) wide.push(path);
      }
      expect(wide).toEqual([]);
    });
  }
}
