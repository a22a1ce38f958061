import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, desktop, gone, seen, story, textOf } from "../support/story.ts";

const ROWS = 30;
const noSuchDay = 11;
const noName = 20;
const given =
  "Ada Basil Clara Duncan Edith Fergus Greta Hamish Iris Jasper Keira Lionel Maeve Nigel Orla Piers Quentin Rhona Silas Tilda".split(" ");
const family =
  "Ashdown Blythe Corrigan Dunmore Eastlake Farrow Grimshaw Hollis Inglis Jardine Kirkwood Loxley Merrick Northcott Ormsby".split(" ");
const nameOf = (row: number) => `${given[row % given.length]} ${family[(row * 7) % family.length]}`;

/** A small delivery of a source nobody has described yet: one row is born on 30 February, one has no name. */
const delivery = [
  "client_no,full_name,birth_date,mobile,email,branch_code,home_town",
  ...Array.from({ length: ROWS }, (_, index) => {
    const row = index + 1;
    const born = row === noSuchDay ? "1990-02-30" : `19${60 + (row % 30)}-0${1 + (row % 9)}-1${row % 10}`;
    const phone = `+4479460${String(10_000 + row)}`;
    return `H-${1000 + row},${row === noName ? "" : nameOf(row)},${born},${phone},harbour${row}@mail.example,ES-MAD-01,Poole`;
  }),
  "",
].join("\n");

const partiesOf = async (ask: Ask): Promise<number> => {
  const [{ n } = { n: -1 }] = await ask<{ n: number }>(
    "select count(*)::int n from customers.party join customers.source using (source_id) where code = 'harbour_clients'",
  );
  return n;
};

/** The figure of the row of a table: `figure(river, "Customer", "Created")`. */
async function figure(page: Page, region: string, row: string, column: string): Promise<string> {
  const table = page.getByRole("region", { name: region }).locator("table");
  const headers = await table.locator("thead th").allTextContents();
  const line = table.locator("tbody tr").filter({ has: page.locator("th", { hasText: row }) });
  return (await line.first().locator("th, td").allTextContents())[headers.indexOf(column)] ?? "";
}

const next = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

describe("a data steward at a desk", () => {
  story("brings a delivery in, puts right what is wrong, and takes it all back", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward");
    await page.getByRole("navigation", { name: "Areas" }).getByText("Loads").click();
    await page.getByRole("link", { name: "New load" }).click();

    // files
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "harbour_clients.csv", mimeType: "text/csv", buffer: Buffer.from(delivery) });
    const file = page.getByRole("region", { name: "harbour_clients.csv", exact: true });
    await seen(file.getByText("7 columns"));
    await seen(file.getByText(nameOf(1)));
    await next(page, "On to the mapping");

    // mapping: the suggestion has no use for the town; it is given one by hand
    await seen(page.getByLabel("A new one, suggested from the files"));
    await seen(page.getByText("No faults"));
    const text = page.getByRole("textbox", { name: "Text of the mapping" });
    await becomes(async () => (await text.inputValue()).includes("born_on: birth_date"), true);
    const unused = page.getByText("Columns that nothing reads:").locator("..");
    await seen(unused.getByText("home_town"));
    await text.fill((await text.inputValue()).replace("born_on:", "born_onn:"));
    await seen(page.getByText("Faults: 1"));
    expect(await page.getByRole("button", { name: "Try it" }).isDisabled()).toBe(true);
    await text.fill((await text.inputValue()).replace("born_onn:", "born_on:"));
    await seen(page.getByText("No faults"));

    // dry run: everything is tried, nothing is kept
    await next(page, "Try it");
    const dry = "What would become of the records";
    await seen(page.getByRole("region", { name: dry }).locator("table"));
    expect(await figure(page, dry, "Customer", "Read")).toBe(String(ROWS));
    expect(await figure(page, dry, "Customer", "Created")).toBe(String(ROWS - 2));
    await seen(page.getByText("1990-02-30"));
    expect(await partiesOf(ask)).toBe(0);

    // load: progress, then a report that reconciles
    await next(page, "Load now");
    await page.waitForURL(/\/loads\/[0-9a-f-]{36}$/);
    await seen(page.getByText("Done", { exact: true }));
    const river = "From the file to the customers";
    expect(await figure(page, river, "Customer", "Read")).toBe(String(ROWS));
    expect(await figure(page, river, "Customer", "Created")).toBe(String(ROWS - 2));
    expect(await figure(page, river, "Customer", "Quarantine")).toBe("2");
    expect(await partiesOf(ask)).toBe(ROWS - 2);
    const loadUrl = page.url();

    // the error file holds the two rows as they came
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Error file" }).click()]);
    const errors = await readFile(await download.path(), "utf8");
    expect(errors).toContain("1990-02-30");
    expect(errors).toContain(`H-${1000 + noName}`);
    expect(errors).not.toContain(nameOf(1));

    // quarantine: one row is put right in its place, the other given up
    await page.getByRole("link", { name: "Open the quarantine" }).click();
    const grid = page.getByRole("grid", { name: "Quarantine" });
    await becomes(() => grid.getByRole("rowheader").count(), 2);
    await grid.getByRole("row").filter({ hasText: "1990-02-30" }).getByRole("button", { name: "Correct" }).click();
    const panel = page.getByRole("dialog");
    await seen(panel.getByText("30 February", { exact: false }).or(panel.getByText("1990-02-30")));
    expect(await panel.getByRole("button", { name: "Save and run again" }).isDisabled()).toBe(true);
    await panel.getByLabel("birth_date, corrected").fill("1990-02-31");
    await next(page, "Save and run again");
    await seen(panel.getByText("Still wrong.", { exact: false }));
    expect(await partiesOf(ask)).toBe(ROWS - 2);
    await panel.getByLabel("birth_date, corrected").fill("1990-02-28");
    await next(page, "Save and run again");
    // By its beginning: "Still wrong" ends in the same word.
    await seen(panel.getByText(/^Landed\./));
    expect(await partiesOf(ask)).toBe(ROWS - 1);
    await page.keyboard.press("Escape");
    await gone(panel);
    await becomes(() => grid.getByRole("rowheader").count(), 1);
    await grid.getByRole("button", { name: "Correct" }).click();
    await panel.getByRole("button", { name: "Discard", exact: true }).click();
    await next(page, "Discard the row");
    await seen(page.getByText("Nothing to correct"));
    await page.getByText("Discarded", { exact: true }).first().click();
    await seen(grid.getByRole("row").filter({ hasText: `H-${1000 + noName}` }));

    // the corrected customer is one like the others
    await page.keyboard.press("/");
    await page.keyboard.type(nameOf(noSuchDay));
    await page
      .getByRole("option")
      .filter({ hasText: nameOf(noSuchDay) })
      .first()
      .click();
    await seen(page.getByRole("heading", { level: 1, name: nameOf(noSuchDay) }));

    // taken back: nobody of this delivery is left
    await reverse(page, loadUrl);
    await becomes(() => partiesOf(ask), 1); // the corrected row came in with a load of its own
    const [correction] = await ask<{ load_id: string }>(
      "select load_id from customers.load join customers.party using (load_no) join customers.source s on s.source_id = party.source_id where s.code = 'harbour_clients'",
    );
    await reverse(page, new URL(`/loads/${correction?.load_id}`, loadUrl).href);
    await becomes(() => partiesOf(ask), 0);
    await page.keyboard.press("/");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(nameOf(1));
    await seen(page.getByText(`Nothing found for “${nameOf(1)}”`));
  });
});

async function reverse(page: Page, loadUrl: string): Promise<void> {
  await page.goto(loadUrl);
  await next(page, "Reverse");
  await next(page, "Reverse the load");
  await seen(page.getByText("This load was taken back.", { exact: false }));
  expect(await textOf(page.locator("main"))).not.toContain("The load stopped on its way");
}
