import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { type Ask, becomes, colleagueLike, desktop, gone, seen, story, textOf, theFirst } from "../support/story.ts";

const hint = "What would you like to do?";

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+K");
  await seen(page.getByPlaceholder(hint));
}

async function somebodyOfLondon(ask: Ask): Promise<{ number: string; name: string }> {
  const [found] = await ask<{ number: string; name: string }>(
    `select customer_no "number", full_name name from customers.customer c
       join governance.organisation_unit u on u.unit_id = c.branch_id and u.code = 'GB-LON-01' order by customer_no limit 1`,
  );
  if (!found) throw new Error("the demo bank has nobody in London");
  return found;
}

describe("the command palette", () => {
  story("reads well for everyone while it is open, and leaves nothing behind when it is closed", async ({ visit }) => {
    const { page } = await visit(desktop, "rm.london");
    await openPalette(page);
    await seen(page.getByRole("dialog", { name: "Commands" }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await gone(page.locator("[class*=Spotlight]"));
    expect(await accessibilityFaults(page)).toEqual([]);
    await openPalette(page);
  });

  story("opens a customer by the number and Enter, though the answer comes after the key", async ({ visit, ask }) => {
    const { number, name } = await somebodyOfLondon(ask);
    const { page } = await visit(desktop, "rm.london");
    await openPalette(page);
    const answers = Promise.withResolvers<void>();
    let asked = 0;
    await page.route("**/api/customers/search/ask", async (route) => {
      asked += 1;
      await answers.promise;
      await route.continue();
    });
    await page.keyboard.type(number);
    await page.keyboard.press("Enter");
    await becomes(async () => asked > 0, true);
    expect(new URL(page.url()).pathname).toBe("/");
    answers.resolve();
    await seen(page.getByRole("heading", { level: 1, name }));
    await gone(page.locator("[class*=Spotlight]"));
  });

  story("has its first line chosen, be it a command or a customer", async ({ visit, ask }) => {
    const { number, name } = await somebodyOfLondon(ask);
    const { page } = await visit(desktop, "rm.london");
    await openPalette(page);
    await page.keyboard.type(number);
    await becomes(() => textOf(page.locator("[data-action][data-selected]")), await firstLine(page, name));
    await page.keyboard.press("Enter");
    await seen(page.getByRole("heading", { level: 1, name }));
    await openPalette(page);
    await page.keyboard.type("customers");
    await page.keyboard.press("Enter");
    await seen(page.getByRole("grid", { name: "Customers" }));
  });
});

/** Waits for the line that has this name, and reads it. */
async function firstLine(page: Page, name: string): Promise<string> {
  const line = page.locator("[data-action]", { hasText: name }).first();
  await seen(line);
  return textOf(line);
}

story("a search shows what fits best first, whosever customer it is, and marks one's own", async ({ visit, ask }) => {
  const colleague = await colleagueLike(ask, "rm.london", { locale: "en" });
  const other = theFirst(
    await ask<{ word: string }>(
      `select split_part(c.full_name, ' ', 2) word from customers.customer c
       join governance.organisation_unit u on u.unit_id = c.branch_id and u.code = 'GB-LON-01'
     where c.kind = 'person' and c.full_name ~ '^[A-Za-z]+ [A-Za-z]{4,}$' group by 1 order by count(*) desc, 1 limit 1`,
    ),
  );
  const word = other.word;
  for (const login of ["rm.london", colleague]) {
    const { page } = await visit(desktop, login);
    const answered = page.waitForResponse((response) => response.request().postData()?.startsWith(`{"text":"${word}"`) ?? false);
    await page.keyboard.press("/");
    await page.keyboard.type(word);
    const { found } = (await (await answered).json()) as { found: { own: boolean; customer: { customerNo: string } }[] };
    const options = page.getByRole("option");
    await becomes(() => options.count(), found.length);
    const shown = await options.allTextContents();
    for (const [index, { own, customer }] of found.entries()) {
      expect(shown[index]).toContain(customer.customerNo);
      expect(shown[index]?.includes("In your portfolio")).toBe(own);
    }
  }
});
