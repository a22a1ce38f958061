import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, colleagueLike, desktop, gone, seen, story, textOf, theFirst } from "../support/story.ts";

interface Doubt {
  readonly a: string;
  readonly b: string;
}

/** People known to two lists, to one of them by nothing but their names: too little to join them without asking. */
const people = ["Ottoline Featherstonehaugh", "Peregrine Wolstenholme", "Thomasina Quarrington", "Lancelot Umfreville"];
const delivery = [
  "client_no,full_name,birth_date,mobile,branch_code",
  ...people.flatMap((name, place) => [
    `N-${100 + place},${name},19${60 + place}-03-1${place},+44794620${1000 + place},ES-MAD-01`,
    `N-${200 + place},${name},,,ES-MAD-01`,
  ]),
  "",
].join("\n");

/** Pairs of these people that wait for somebody: other stories leave doubts of their own. */
const waiting = async (ask: Ask): Promise<number> => {
  const [row] = await ask<{ n: number }>(
    `select count(*)::int n from customers.match_pair m join customers.party p using (party_id)
     where m.doubt = 'between thresholds' and m.decision is null and p.full_name = any ($1)`,
    [people],
  );
  return row?.n ?? 0;
};

/** Lets the page's steward load the delivery once; the pairs it leaves in doubt are what the stories decide. */
async function bringDoubts(page: Page, ask: Ask): Promise<void> {
  if ((await waiting(ask)) > 0) return;
  await page.goto("/loads/new");
  await page.locator("input[type=file]").setInputFiles({ name: "name_list.csv", mimeType: "text/csv", buffer: Buffer.from(delivery) });
  for (const step of ["On to the mapping", "Try it", "Load now"]) await page.getByRole("button", { name: step, exact: true }).click();
  await page.waitForURL(/\/loads\/[0-9a-f-]{36}$/);
  await becomes(async () => (await waiting(ask)) >= people.length, true);
}

/** The rows of the queue as the page shows them. */
const rowsOf = (page: Page) => page.getByRole("list", { name: "Doubtful pairs" }).getByRole("listitem");

const decisionOf = async (ask: Ask, { a, b }: Doubt): Promise<string | null> => {
  const [row] = await ask<{ decision: string | null }>(
    "select decision from customers.match_pair where party_id = $1 and other_party_id = $2",
    [a, b],
  );
  return row?.decision ?? null;
};

const customersOf = async (ask: Ask, parties: readonly string[]): Promise<number> => {
  const [row] = await ask<{ n: number }>(
    "select count(distinct customer_id)::int n from customers.party where party_id = any ($1::uuid[])",
    [parties],
  );
  return row?.n ?? 0;
};

/** The pair of a row, from the address that it opens. */
async function pairOf(row: ReturnType<typeof rowsOf>): Promise<Doubt> {
  const href = (await row.getByRole("link").first().getAttribute("href")) ?? "";
  const [, a = "", b = ""] = /pairs\/([0-9a-f-]{36})\/([0-9a-f-]{36})/.exec(href) ?? [];
  return a < b ? { a, b } : { a: b, b: a };
}

/** A customer of at least three records, for taking one out. */
const someoneOfRecords = async (ask: Ask) => {
  const [someone] = await ask<{ id: string; name: string; no: string }>(
    `select c.customer_id id, c.full_name name, c.customer_no no from customers.customer c
     where c.kind = 'person' and c.party_count >= 3 order by c.customer_no limit 1`,
  );
  if (someone === undefined) throw new Error("nobody of three records");
  return someone;
};

const partiesOf = async (ask: Ask, customerId: string): Promise<string[]> =>
  (await ask<{ id: string }>("select party_id id from customers.party where customer_id = $1 order by 1", [customerId])).map(
    ({ id }) => id,
  );

describe("a data steward decides who is who", () => {
  story("decides a pair with one key and takes it back with another", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward");
    await bringDoubts(page, ask);
    await page.getByRole("navigation", { name: "Areas" }).getByText("Identity", { exact: true }).click();
    await page.goto("/identity?reason=between%20thresholds");
    await seen(rowsOf(page));
    const before = await rowsOf(page).count();
    const pair = await pairOf(rowsOf(page).first());
    expect(await customersOf(ask, [pair.a, pair.b])).toBe(2);

    await page.keyboard.press("s");
    await seen(page.getByText("Joined: one customer from now on."));
    await becomes(() => decisionOf(ask, pair), "same");
    expect(await customersOf(ask, [pair.a, pair.b])).toBe(1);
    await becomes(async () => (await rowsOf(page).count()) < before, true);

    await page.keyboard.press("u");
    await seen(page.getByText("Taken back. The pair waits again."));
    await becomes(() => decisionOf(ask, pair), null);
    expect(await customersOf(ask, [pair.a, pair.b])).toBe(2);
    await becomes(() => rowsOf(page).count(), before);

    // two at once, chosen by key
    for (const key of ["x", "j", "x"]) await page.keyboard.press(key);
    await seen(page.getByText("Chosen: 2"));
    await page.keyboard.press("l");
    await seen(page.getByText("Pairs put off: 2"));
    await becomes(() => rowsOf(page).count(), before - 2);
    await page.keyboard.press("u");
    await becomes(() => rowsOf(page).count(), before);
  });

  story("sees why two may be one, keeps them apart with a reason, and takes that back", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward");
    await bringDoubts(page, ask);
    await page.goto("/identity");
    await seen(rowsOf(page));
    const pair = await pairOf(rowsOf(page).first());
    await page.keyboard.press("o");
    await seen(page.getByRole("heading", { level: 1, name: "Are these two the same customer?" }));
    await seen(page.getByRole("rowheader", { name: "Two records picked at random" }));
    await seen(page.getByRole("rowheader", { name: "Together" }));
    await seen(page.getByText("What joining would combine"));
    await page.getByLabel("Reason, if you like").fill("Different people, I called both");
    await page.getByRole("button", { name: "Apart", exact: true }).click();
    await seen(page.getByText("They stay apart."));
    await becomes(() => decisionOf(ask, pair), "apart");
    await page.goto(`/identity/pairs/${pair.a}/${pair.b}`);
    await seen(page.getByText("Different people, I called both"));
    expect(await page.getByRole("button", { name: "Apart", exact: true }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Later", exact: true }).click();
    await becomes(() => decisionOf(ask, pair), "later");
    await page.goto("/identity");
    await gone(page.getByRole("status", { name: "The pairs are being fetched" }));
    expect(await page.locator(`a[href*="${pair.a}"][href*="${pair.b}"]`).count()).toBe(0);
    await page.getByRole("switch", { name: "also those put off" }).check();
    await seen(page.locator(`a[href*="${pair.a}"][href*="${pair.b}"]`));
  });

  story("is told when somebody else decided meanwhile, and nothing is written over", async ({ visit, ask }) => {
    const mine = await visit(desktop, "steward");
    const theirs = await visit(desktop, await colleagueLike(ask, "steward", { locale: "en" }));
    await bringDoubts(mine.page, ask);
    await mine.page.goto("/identity");
    await seen(rowsOf(mine.page));
    const pair = await pairOf(rowsOf(mine.page).first());
    await theirs.page.goto(`/identity/pairs/${pair.a}/${pair.b}`);
    await theirs.page.getByRole("button", { name: "Later", exact: true }).click();
    await becomes(() => decisionOf(ask, pair), "later");

    mine.expected.push(/^409 \/api\/identity\/decisions$/);
    await mine.page.keyboard.press("a");
    await seen(mine.page.getByText("Somebody else decided this meanwhile."));
    expect(await decisionOf(ask, pair)).toBe("later");
    await theirs.page.keyboard.press("u");
    await becomes(() => decisionOf(ask, pair), null);
  });

  story("takes a record out of a customer and joins it again", async ({ visit, ask }) => {
    const someone = await someoneOfRecords(ask);
    const parties = await partiesOf(ask, someone.id);
    const { page } = await visit(desktop, "steward", `/customers/${someone.id}?tab=records`);
    await page.getByRole("button", { name: "Take records out…" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Take them out" }).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox").last().check();
    await dialog.getByLabel("Reason").fill("Another person of the same name");
    await dialog.getByRole("button", { name: "Take them out" }).click();
    await seen(dialog.getByText("Done. These customers changed:"));
    await becomes(() => customersOf(ask, parties), 2);
    await becomes(() => dialog.getByRole("listitem").count(), 2);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await seen(page.getByText("Another person of the same name").or(page.getByText("How the records came together")));

    const other = theFirst(
      await ask<{ no: string }>(
        `select distinct c.customer_no no from customers.customer c join customers.party p using (customer_id)
       where p.party_id = any ($1::uuid[]) and c.customer_id <> $2`,
        [parties, someone.id],
      ),
    );
    await page.goto(`/customers/${someone.id}?tab=records`);
    await page.getByRole("button", { name: "Join another customer…" }).click();
    await dialog.getByLabel("The other customer").fill(other.no);
    await dialog.getByRole("radio").first().check();
    await seen(dialog.getByText("What would be combined"));
    expect(await dialog.getByRole("button", { name: "Join the customers" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Reason").fill("It was the same person after all");
    await dialog.getByRole("button", { name: "Join the customers" }).click();
    await seen(page.getByText("The customers are one now."));
    await becomes(() => customersOf(ask, parties), 1);
    await seen(page.getByText("Undone").first());
    await seen(page.getByText("Joined by a person’s decision,", { exact: false }));
  });

  story("sees what another threshold would do, and nothing changes", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward", "/identity/quality");
    await seen(page.getByText("How sure are the decisions?"));
    await seen(page.getByText("These are the thresholds in force."));
    const joined = page.getByRole("row").filter({ hasText: "Pairs joined" });
    await becomes(async () => /\d/.test(await textOf(joined)), true);
    await page.getByRole("slider", { name: "Joined without a person from" }).focus();
    for (let step = 0; step < 30; step += 1) await page.keyboard.press("ArrowRight");
    await seen(page.getByText("This is only a preview: nothing changes."));
    await becomes(async () => (await textOf(joined)).includes("−"), true);
    const [now] = await ask<{ bits: number }>(
      "select (model->'thresholds'->>'joinBits')::float8 bits from customers.identity_model where state = 'active'",
    );
    expect(now?.bits).toBe(3);
  });

  story("finds who is known already while typing, in another script, with the reasons", async ({ visit, ask }) => {
    const known = theFirst(
      await ask<{ id: string; latin: string; born: string; name: string }>(
        `select customer_id id, latin_name latin, to_char(born_on, 'YYYY-MM-DD') born, full_name name from customers.customer
       where kind = 'person' and latin_name is not null and latin_name <> full_name and born_on is not null and language = 'ar'
       order by customer_no limit 1`,
      ),
    );
    const { page } = await visit(desktop, "steward", "/identity/known");
    await seen(page.getByText("Type a name, a phone, an e-mail or a number."));
    await page.getByLabel("Name", { exact: true }).fill(known.latin);
    await page.getByLabel("Born on", { exact: true }).fill(known.born);
    await page.keyboard.press("Tab");
    const found = page.getByRole("region", { name: "Who it may be" }).or(page.locator('section[aria-label="Who it may be"]'));
    await seen(found.locator(`a[href="/customers/${known.id}"]`));
    await seen(found.getByText("Birth date: same", { exact: false }));
  });
});

describe("who may not decide", () => {
  story("a relationship manager sees no queue, and no way to join customers", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "rm.london");
    expect(await page.getByRole("navigation", { name: "Areas" }).getByText("Identity", { exact: true }).count()).toBe(0);
    for (const address of ["/identity", "/identity/quality"]) {
      await page.goto(address);
      await seen(page.getByText("This page is not for your role"));
    }
    for (const address of ["/api/identity/doubts", "/api/identity/quality"]) {
      expect((await page.request.get(address)).status(), address).toBe(403);
    }
    const own = theFirst(
      await ask<{ id: string }>(
        `select c.customer_id id from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
       where u.code = 'GB-LON-01' and c.party_count > 1 order by c.customer_no limit 1`,
      ),
    );
    await page.goto(`/customers/${own.id}?tab=records`);
    await seen(page.getByText("How the records came together"));
    expect(await page.getByRole("button", { name: "Join another customer…" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Take records out…" }).count()).toBe(0);
  });
});
