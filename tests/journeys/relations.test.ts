import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { accessibilityFaults } from "../support/browser.ts";
import { type Ask, becomes, colleagueLike, desktop, gone, phone, seen, story, textOf, wordsOf } from "../support/story.ts";

interface Known {
  readonly id: string;
  readonly name: string;
}

/** A company of a branch, another company of which holds half or more of it. */
async function companyOf(ask: Ask, branchCode: string): Promise<{ own: Known; above: Known }> {
  const [found] = await ask<{ own: Known; above: Known }>(
    `select json_build_object('id', c.customer_id, 'name', c.full_name) own, json_build_object('id', a.customer_id, 'name', a.full_name) above
     from customers.party_relation r
       join customers.party pc on pc.party_id = r.other_party_id join customers.customer c on c.customer_id = pc.customer_id
       join customers.party pa on pa.party_id = r.party_id join customers.customer a on a.customer_id = pa.customer_id and a.kind = 'organisation'
       join governance.organisation_unit u on u.unit_id = c.branch_id and u.unit_id = a.branch_id and u.code = $1
     where r.kind = 'shareholder' and r.share >= 0.5 order by c.customer_no limit 1`,
    [branchCode],
  );
  if (found === undefined) throw new Error(`the demo bank has no company with a parent at ${branchCode}`);
  return found;
}

/** Two people of a branch who are nothing to each other. */
async function strangersOf(ask: Ask, branchCode: string): Promise<readonly [Known & { no: string }, Known & { no: string }]> {
  const [one, other] = await ask<Known & { no: string }>(
    `select c.customer_id id, c.full_name name, c.customer_no no from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
     where u.code = $1 and c.kind = 'person' and not exists (
       select from customers.party p join customers.party_relation r on p.party_id in (r.party_id, r.other_party_id) where p.customer_id = c.customer_id)
     order by c.customer_no desc limit 2`,
    [branchCode],
  );
  if (one === undefined || other === undefined) throw new Error("the demo bank has no such people");
  return [one, other];
}

const part = (page: Page, title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

describe("relations of a customer", () => {
  story("of a company: owners with their chains, a graph to walk by keyboard, and a group made of a proposal", async ({ visit, ask }) => {
    const { own, above } = await companyOf(ask, "GB-LON-01");
    const { page } = await visit(desktop, "rm.london", `/customers/${own.id}`);
    await page.getByRole("tab", { name: "Relations" }).click();
    const relations = part(page, "Relations").first();
    await seen(relations.getByRole("heading", { name: "Shareholder" }));
    await seen(relations.getByRole("link", { name: above.name }));
    await seen(part(page, "Ultimate owners"));
    const faults = await accessibilityFaults(page);
    expect(faults).toEqual([]);

    const proposals = part(page, "May be of one group");
    await proposals.getByRole("button", { name: `Yes: ${above.name}` }).click();
    const group = part(page, "Company group");
    await seen(group.getByRole("link", { name: above.name }));
    await seen(group.getByText("Parent company"));
    await becomes(async () => /Members\s*2/.test(await textOf(group)), true);

    await relations.getByText("Graph", { exact: true }).click();
    const graph = page.getByRole("navigation", { name: `Relations around ${own.name}` });
    await seen(graph);
    expect(await accessibilityFaults(page)).toEqual([]);
    await graph.getByRole("link", { name: above.name }).focus();
    await page.keyboard.press("Enter");
    await seen(page.getByRole("heading", { level: 1, name: above.name }));
    await seen(part(page, "What it owns").getByRole("link", { name: own.name }));
  });

  story("added by hand is seen from both sides, ended, and offers nobody out of reach", async ({ visit, ask }) => {
    const [one, other] = await strangersOf(ask, "GB-LON-01");
    const [far] = await strangersOf(ask, "ES-MAD-01");
    const { page } = await visit(desktop, "rm.london", `/customers/${one.id}?tab=relations`);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const panel = page.getByRole("dialog");
    await panel.getByLabel("Find a customer").fill(far.no);
    await seen(panel.getByText("Nobody found among the customers you may see."));
    await panel.getByLabel("Find a customer").fill(other.no);
    await panel.getByRole("radio").first().check();
    await panel.getByRole("combobox", { name: "What the other one is" }).fill("Guarantor");
    await page.getByRole("option", { name: "Guarantor", exact: true }).click();
    await panel.getByRole("button", { name: "Add the relation" }).click();
    await gone(panel);
    await page.getByRole("link", { name: other.name }).first().click();
    await seen(page.getByRole("heading", { level: 1, name: other.name }));
    await seen(page.getByRole("heading", { name: "Guarantees for" }));
    await page.getByRole("button", { name: `Change the relation to ${one.name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ends today" }).click();
    await gone(page.getByRole("dialog"));
    await seen(part(page, "Relations").getByText(/until/));
  });

  story("read on a phone in Arabic, as a list and as a graph", async ({ visit, ask }) => {
    const { own, above } = await companyOf(ask, "GB-LON-01");
    const words = wordsOf("ar");
    const { page } = await visit(
      phone,
      await colleagueLike(ask, "rm.london", { locale: "ar", calendar: "islamic-umalqura" }),
      `/customers/${own.id}?tab=relations`,
    );
    await seen(page.getByRole("link", { name: above.name }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText(words("relations:view.graph"), { exact: true }).click();
    await seen(page.locator("main svg a"));
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  });
});
