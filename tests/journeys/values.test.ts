import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, desktop, phone, seen, story, theFirst } from "../support/story.ts";

/** A person of London with an occupation, whom no other story is about. */
const someone = async (ask: Ask) => {
  const [found] = await ask<{ id: string; name: string }>(
    `select c.customer_id id, c.full_name name from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
     where u.code = 'GB-LON-01' and c.kind = 'person' and c.occupation is not null order by c.customer_no desc limit 1`,
  );
  if (found === undefined) throw new Error("nobody with an occupation");
  return found;
};
const occupationOf = async (ask: Ask, id: string) =>
  (await ask<{ occupation: string }>("select occupation from customers.customer where customer_id = $1", [id]))[0]?.occupation;

describe("a value somebody doubts", () => {
  story(
    "is disputed by the manager of the customer, pinned by the steward with a reason, and chosen by the rules again when unpinned",
    async ({ visit, ask }) => {
      const { id } = await someone(ask);
      const before = await occupationOf(ask, id);
      const manager = (await visit(desktop, "rm.london")).page;
      await manager.goto(`/customers/${id}`);
      await openValue(manager, "Occupation");
      await manager.getByLabel("What is wrong with it?").fill("He retired in spring");
      await manager.getByRole("button", { name: "Dispute", exact: true }).click();
      await seen(manager.getByText("Disputed", { exact: true }));
      expect(await occupationOf(ask, id)).toBe(before);

      const { page } = await visit(desktop, "steward");
      // Other lists of the page may lead to the same customer.
      const disputes = page.locator("section").filter({ has: page.getByRole("heading", { name: "Disputed values" }) });
      await disputes.locator(`a[href^="/customers/${id}"]`).first().click();
      await seen(page.getByRole("dialog", { name: "Occupation" })); // the way from the list of doubts leads to the value itself
      await page.getByRole("radio", { name: "another value" }).check();
      await page.getByRole("textbox", { name: "The value", exact: true }).fill("Retired harbour pilot");
      await page.getByRole("textbox", { name: "Reason" }).fill("Seen on the pension notice");
      await page.getByRole("button", { name: "Pin this value" }).click();
      await becomes(() => occupationOf(ask, id), "Retired harbour pilot");
      await seen(page.getByText("Retired harbour pilot").first());
      await page.getByRole("button", { name: "Unpin: let the rules choose" }).click();
      await becomes(() => occupationOf(ask, id), before);
    },
  );

  story("a page turned back says that it shows the past, and leads back to today", async ({ visit, ask }) => {
    const { id } = await someone(ask);
    const { page } = await visit(desktop, "rm.london");
    const asOf = (state: object) => `/customers/${id}?asOf=${encodeURIComponent(JSON.stringify(state))}`;
    await page.goto(asOf({ by: "known", day: "2001-02-03", with: null }));
    await seen(page.getByText("You are looking at the past: what the bank believed on", { exact: false }));
    await seen(page.getByText("Nothing is known of that day"));
    await page.getByRole("button", { name: "Back to today" }).click();
    await becomes(() => page.getByText("You are looking at the past", { exact: false }).count(), 0);
    expect(page.url()).not.toContain("asOf");
  });

  story("on a phone in Arabic the past can be opened and is named in the person's calendar", async ({ visit, ask }) => {
    const own = theFirst(
      await ask<{ id: string }>(
        `select c.customer_id id from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
       join governance.app_user p on p.home_unit_id = u.unit_id where p.login = 'rm.dubai' order by c.customer_no limit 1`,
      ),
    );
    const { page } = await visit(phone, "rm.dubai");
    await page.goto(`/customers/${own.id}?asOf=${encodeURIComponent(JSON.stringify({ by: "valid", day: "2025-06-01", with: null }))}`);
    await seen(page.getByRole("button", { name: "العودة إلى اليوم" }));
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  });
});

/** Opens the panel of one value from the popover of its origin. */
async function openValue(page: Page, what: string): Promise<void> {
  await page
    .getByRole("button", { name: `Where this comes from: ${what}` })
    .first()
    .click();
  await page.getByRole("button", { name: "Pin or dispute…" }).click();
  await seen(page.getByRole("dialog", { name: what }));
}
