import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, colleagueLike, desktop, gone, seen, story, wordsOf } from "../support/story.ts";

const someoneOf = async (ask: Ask, branch: string) => {
  const [someone] = await ask<{ id: string; no: string; name: string }>(
    `select c.customer_id id, c.customer_no no, c.full_name name from customers.customer c
       join governance.organisation_unit u on u.unit_id = c.branch_id
     where u.code = $1 and c.kind = 'person' and c.party_count > 1 order by c.customer_no desc limit 1`,
    [branch],
  );
  if (someone === undefined) throw new Error(`nobody at ${branch}`);
  return someone;
};

const areas = (page: Page) => page.getByRole("navigation", { name: "Areas" });

describe("what a role opens and what it does not", () => {
  story("the administrator has no customers area and is refused at its address, on the page and behind it", async ({ visit, ask }) => {
    const someone = await someoneOf(ask, "GB-LON-01");
    const { page } = await visit(desktop, "admin");
    await seen(areas(page).getByText("People"));
    for (const area of ["Customers", "Loads", "Audit"]) expect(await areas(page).getByText(area, { exact: true }).count()).toBe(0);
    for (const address of ["/customers", `/customers/${someone.id}`, "/loads", "/quarantine", "/audit"]) {
      await page.goto(address);
      await seen(page.getByText("This page is not for your role"));
      expect(await page.getByText(someone.name).count(), address).toBe(0);
    }
    for (const address of ["/api/customers", `/api/customers/${someone.id}`, `/api/customers/${someone.id}/transactions`]) {
      expect((await page.request.get(address)).status(), address).toBe(403);
    }
  });

  story("the auditor reads whom the relationship manager looked at, and sees no customer", async ({ visit, ask }) => {
    const someone = await someoneOf(ask, "GB-LON-01");
    const manager = await visit(desktop, "rm.london");
    await manager.page.goto(`/customers/${someone.id}`);
    await seen(manager.page.getByRole("heading", { level: 1, name: someone.name }));

    const { page } = await visit(desktop, await colleagueLike(ask, "auditor", { locale: "en" }));
    await areas(page).getByText("Audit").click();
    const trail = page.getByRole("grid", { name: "Audit trail" });
    await page.getByRole("combobox", { name: "What" }).click();
    await page.getByRole("option", { name: "Customers seen" }).click();
    const view = trail.getByRole("row").filter({ hasText: "Viewed a customer" }).filter({ hasText: someone.no });
    await seen(view.filter({ hasText: "Charlotte Bennett" }));
    await gone(trail.getByRole("row").filter({ hasText: "Signed in" }));
    expect(await page.getByText(someone.name).count()).toBe(0); // the trail names numbers, not customers
    await page.getByRole("textbox", { name: "Customer" }).fill(someone.no);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Who looked at this customer" }).click();
    await seen(page.getByRole("grid", { name: "Who looked at this customer" }).getByRole("row").filter({ hasText: "Charlotte Bennett" }));
    await page.goto("/audit/seals");
    await page.getByRole("button", { name: "Verify now" }).click();
    await seen(page.getByRole("definition").filter({ hasText: "Whole" }));
    await page.goto(`/customers/${someone.id}`);
    await seen(page.getByText("This page is not for your role"));
    expect((await page.request.get(`/api/customers/${someone.id}`)).status()).toBe(403);
  });

  story("the analyst of the head office finds customers of every branch, and may not load", async ({ visit, ask }) => {
    const { page } = await visit(desktop, await colleagueLike(ask, "analyst", { locale: "en" }));
    for (const branch of ["SA-RUH-01", "ES-MAD-01", "CN-SHA-01", "IR-THR-01"]) {
      const someone = await someoneOf(ask, branch);
      await page.keyboard.press("/");
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(someone.no);
      await page.getByRole("option").filter({ hasText: someone.no }).click();
      await seen(page.getByRole("heading", { level: 1, name: someone.name }));
    }
    await areas(page).getByText("Loads").click();
    await seen(page.getByRole("grid", { name: "Loads" }).getByRole("rowheader"));
    expect(await page.getByRole("link", { name: "New load" }).count()).toBe(0);
    await page.goto("/loads/new");
    await seen(page.getByText("This page is not for your role"));
  });

  story("every act on record has a name in every language", async ({ ask }) => {
    const acts = await ask<{ action: string }>("select distinct action from governance.audit_event");
    expect(acts.length).toBeGreaterThan(3);
    for (const locale of ["en", "ar", "fa", "zh", "es"] as const) {
      for (const { action } of acts) wordsOf(locale)(`audit:actions.${action.replaceAll(".", "_")}`); // throws where there is none
    }
  });

  story("after signing out nothing of the session is left", async ({ visit }) => {
    const { page } = await visit(desktop, "rm2.london");
    await page.getByRole("button", { name: "Person and settings" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await seen(page.getByLabel("Login"));
    await page.goto("/customers");
    await seen(page.getByLabel("Login"));
    await becomes(async () => (await page.request.get("/api/customers")).status(), 401);
  });
});
