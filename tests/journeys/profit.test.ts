import { expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { becomes, desktop, gone, phone, seen, story } from "../support/story.ts";

story("finance sees who brings the profit, drags along the curve, and opens a customer behind it", async ({ visit }) => {
  const { page } = await visit(desktop, "finance", "/profit");
  const plot = page.getByRole("img", { name: /bring 80%/ });
  await seen(plot);
  await gone(page.locator(".mantine-Skeleton-root"));
  expect(await accessibilityFaults(page)).toEqual([]);
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the curve has no place");
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await seen(page.getByRole("heading", { name: /^From .* to .* of the curve$/ }));
  await page.locator("a[href*='tab=value']").first().click();
  await seen(page.getByRole("heading", { name: "From income to economic profit" }));
  await seen(page.getByRole("heading", { name: "Tier" }));
});

story("a branch manager's curve is the branch's, on a phone and from right to left", async ({ visit, ask }) => {
  const [branch] = await ask<{ n: number }>(
    `select count(*)::int as n from intelligence.customer_value join customers.customer c using (customer_id)
     join governance.app_user u on u.login = 'manager.riyadh' and u.home_unit_id = c.branch_id where c.compartments is null`,
  );
  const { page } = await visit(phone, "manager.riyadh", "/profit");
  const note = page.locator("main header, main").first();
  await seen(page.getByRole("slider").first());
  await becomes(async () => (await note.textContent())?.includes(new Intl.NumberFormat("ar-SA").format(branch?.n ?? -1)), true);
  expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
});
