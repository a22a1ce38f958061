import { expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { becomes, desktop, gone, phone, seen, story, theFirst } from "../support/story.ts";

story("an analyst builds a report, opens the customers behind a number, saves and shares it", async ({ visit, ask }) => {
  const { page } = await visit(desktop, "analyst");
  await page.goto("/reports");
  await seen(page.locator("main h2").first());
  await gone(page.locator(".mantine-Skeleton-root"));
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto("/reports/new");
  const table = page.locator("section table").last();
  await seen(table.getByRole("button").first());
  expect(await accessibilityFaults(page)).toEqual([]);
  const largest = theFirst(
    await ask<{ name: string; n: number }>(
      `select o.name, count(*)::int as n from intelligence.customer_fact f join governance.organisation_unit o on o.unit_id = f.branch_id
     where f.compartments is null group by 1 order by 2 desc limit 1`,
    ),
  );
  const row = table.locator("tbody tr", { hasText: largest.name });
  await becomes(
    async () => (await row.getByRole("button").first().textContent())?.trim(),
    new Intl.NumberFormat("es").format(largest.n ?? 0),
  );
  await row.getByRole("button").first().click();
  const panel = page.getByRole("dialog");
  await seen(panel.locator("a[href*='/customers/']").first());
  expect(await panel.locator("li").count()).toBe(Math.min(50, largest.n ?? 0));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Guardar" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Nombre").fill("Clientes por oficina");
  await form.getByLabel("Otros pueden verlo").check();
  await form.getByRole("button", { name: "Guardar" }).click();
  await seen(page.getByRole("heading", { level: 1, name: "Clientes por oficina" }));
});

story("what a role begins with is there on a phone, from right to left, of the branch alone", async ({ visit, ask }) => {
  const [branch] = await ask<{ n: number }>(
    `select count(*)::int as n from intelligence.customer_fact f join governance.app_user u on u.login = 'manager.riyadh' and u.home_unit_id = f.branch_id where f.compartments is null`,
  );
  const { page } = await visit(phone, "manager.riyadh");
  await page.goto("/reports");
  await seen(page.locator("main h2").first());
  await gone(page.locator(".mantine-Skeleton-root"));
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  await page.goto("/reports/00000000-0000-7000-8000-0000000a0002");
  const total = page.locator("tr[data-total] button").first();
  await becomes(async () => (await total.textContent())?.trim(), new Intl.NumberFormat("ar-SA").format(branch?.n ?? -1));
});
