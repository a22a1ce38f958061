import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { colleagueLike, desktop, gone, seen, story, textOf, theFirst } from "../support/story.ts";

/** Markup that runs where it is taken for such, a formula, and a sign that turns round what follows it. */
const evil = {
  image: `<img src=x onerror="window.name='ran'">`,
  script: `"><script>window.name='ran'</script>`,
  frame: `<iframe srcdoc="<script>parent.name='ran'</script>"></iframe><a href="javascript:window.name='ran'">go</a>`,
  formula: `=HYPERLINK("javascript:window.name='ran'","go")`,
  turned: `Ali \u202Egnp.exe`,
  template: "{{constructor.constructor('window.name=1')()}} $t(common.close)",
} as const;

/** Asks as the page itself does, with its cookie and its origin. */
async function send<Answer>(page: Page, method: "POST" | "PATCH", path: string, body: unknown): Promise<Answer> {
  const init = {
    ...{ method, body: JSON.stringify(body) },
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
  };
  const [status, text] = await page.evaluate<[number, string]>(
    `fetch(${JSON.stringify(path)}, ${JSON.stringify(init)}).then(async (answer) => [answer.status, await answer.text()])`,
  );
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

/**
 * What the page made of the texts: elements, where there should be letters, and texts whose turned writing reaches over what stands beside them.
 * A sign that turns ends with the box it stands in: a block, or a piece that is set apart (`bdi`).
 */
const look = `(() => {
  const made = document.querySelectorAll('img[src="x"], iframe, script:not([src]):not([type="importmap"]), a[href^="javascript:"]').length;
  const spilling = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    if (!node.data.includes("\\u202E")) continue;
    for (let box = node.parentElement; box !== null; box = box.parentElement) {
      const { display, unicodeBidi } = getComputedStyle(box);
      if (/isolate|plaintext/.test(unicodeBidi)) break;
      if (display === "inline") continue;
      if (box.textContent.trim() !== node.data.trim()) spilling.push(box.outerHTML.slice(0, 200));
      break;
    }
  }
  return { ran: window.name, made, spilling, title: document.title };
})()`;

async function expectOnlyText(page: Page, path: string, shown: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator("main h1"));
  await gone(page.locator("[aria-busy=true], .mantine-Skeleton-root"));
  await seen(
    page
      .locator("main")
      .getByText(shown)
      .or(page.locator("main h1").filter({ hasText: shown })),
  );
  expect.soft(await page.evaluate(look), path).toMatchObject({ ran: "", made: 0, spilling: [] });
}

describe("AC-41: what people are called and write stays text on every screen", () => {
  story("customers, circles, segments, reports, reasons, colleagues and browsers", async ({ visit, ask }) => {
    const hostile = { ...desktop, userAgent: `Mozilla/5.0 ${evil.image}` };
    const { page, expected } = await visit(hostile, "rm.london", "/customers");
    expected.push(/^409 \/api\/customers\/entry$/);
    const [branch] = await ask<{ code: string }>(
      "select u.code from governance.app_user p join governance.organisation_unit u on u.unit_id = p.home_unit_id where p.login = 'rm.london'",
    );
    const enter = (fullName: string) =>
      send<{ customerId: string }>(page, "POST", "/api/customers/entry", {
        ...{ entryId: crypto.randomUUID(), branchCode: branch?.code },
        customer: { kind: "person", fullName, occupation: undefined, city: evil.script, line: evil.frame },
      });
    const [image, turned] = [await enter(evil.image), await enter(evil.turned)];
    const members = [image, turned].map(({ customerId }) => ({ customerId }));
    await send(page, "POST", "/api/circles", { kind: "household", name: evil.frame, members });
    for (const [path, shown] of [
      [`/customers/${image.customerId}`, evil.image],
      [`/customers/${turned.customerId}`, evil.turned],
      [`/customers/${image.customerId}?tab=relations`, evil.frame],
      [`/customers/${image.customerId}?tab=records`, evil.script],
    ] as const)
      await expectOnlyText(page, path, shown);
    // The box of suggestions, and the page's own title.
    await page.getByRole("banner").getByRole("combobox", { name: "Search" }).fill("gnp");
    await seen(page.getByRole("option").filter({ hasText: evil.turned }));
    expect(await page.evaluate(look)).toMatchObject({ ran: "", made: 0, spilling: [] });

    const analyst = await visit(desktop, await colleagueLike(ask, "analyst", { locale: "en" }), "/segments");
    const filter = { match: "all", of: [{ field: "kind", op: "any_of", values: ["person"] }] };
    const segment = { name: evil.template, note: evil.image, shared: false, filter };
    const { segmentId } = await send<{ segmentId: string }>(analyst.page, "POST", "/api/segments", segment);
    const definition = {
      over: "now",
      measures: [{ of: "customers", take: "count" }],
      rows: null,
      columns: null,
      filter,
      months: 1,
      compare: "none",
      show: "table",
    };
    const report = { name: evil.formula, note: evil.script, shared: false, definition };
    const { reportId } = await send<{ reportId: string }>(analyst.page, "POST", "/api/reports", report);
    for (const [path, shown] of [
      ["/segments", evil.template],
      [`/segments/${segmentId}`, evil.image],
      ["/reports?tab=all", evil.formula],
      [`/reports/${reportId}`, evil.script],
    ] as const)
      await expectOnlyText(analyst.page, path, shown);

    const login = await colleagueLike(ask, "admin", { locale: "ar" });
    await ask("update governance.app_user set display_name = $2 where login = $1", [login, evil.turned]);
    const admin = await visit(hostile, login, "/organisation");
    const own = theFirst(
      await ask<{ path: string }>("select '/people/' || user_id as path from governance.app_user where login = $1", [login]),
    );
    await expectOnlyText(admin.page, own.path, evil.turned);
    expect(await textOf(admin.page.locator("title"))).not.toContain("<");

    const auditor = await visit(hostile, await colleagueLike(ask, "auditor", { locale: "ar" }), "/audit");
    await seen(auditor.page.getByText(evil.turned));
    expect(await auditor.page.evaluate(look)).toMatchObject({ ran: "", made: 0, spilling: [] });
  });
});
