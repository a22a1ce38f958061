import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { becomes, colleagueLike, desktop, gone, phone, seen, story, textOf, theFirst, wordsOf } from "../support/story.ts";

const words = wordsOf("en");
const areas = (page: Page) => page.getByRole("navigation", { name: words("app:shell.areas") });

const signOut = async (page: Page, say: (key: string) => string) => {
  await page.getByRole("button", { name: say("app:person.menu") }).click();
  await page.getByRole("button", { name: say("app:person.signOut") }).click();
};

describe("AC-35: signing out while the server does not answer", () => {
  story("the screen is forgotten at once, in every tab, and the session ends as soon as the server is back", async ({ visit, ask }) => {
    const someone = theFirst(
      await ask<{ id: string; name: string }>(
        `select c.customer_id id, c.full_name name from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
       where u.code = 'GB-LON-01' and c.kind = 'person' order by c.customer_no limit 1`,
      ),
    );
    const login = await colleagueLike(ask, "rm.london", { locale: "ar" });
    const ar = wordsOf("ar");
    const { page, expected } = await visit(phone, login, `/customers/${someone.id}`);
    expected.push(/^(503|401) \/api\//);
    const other = await page.context().newPage();
    await other.goto(`/customers/${someone.id}`);
    await seen(other.getByRole("heading", { level: 1, name: someone.name }));
    await page.context().route("**/api/session/leaving", (route) => route.fulfill({ status: 503 }));
    await signOut(page, ar);
    for (const tab of [page, other]) {
      await seen(tab.getByText(ar("app:leaving.text")));
      expect(await textOf(tab.locator("body"))).not.toContain(someone.name);
    }
    expect(await page.evaluate("JSON.stringify({ ...sessionStorage })")).toBe("{}");
    // Honest: nothing is ended yet, and whoever comes to this browser does not get in by what is left of it.
    expect((await page.request.get("/api/account")).status()).toBe(200);
    await other.goto("/customers").catch(() => undefined);
    await gone(other.getByRole("heading", { level: 1, name: ar("app:areas.customers") }));
    await page.context().unroute("**/api/session/leaving");
    await page.getByRole("button", { name: ar("app:leaving.again") }).click();
    await seen(page.locator("input[name=login]"));
    await becomes(async () => (await page.request.get("/api/account")).status(), 401);
    await page.goto(`/customers/${someone.id}`);
    await seen(page.locator("input[name=login]"));
  });
});

describe("AC-11: a right that is taken", () => {
  story("hides its area in the rail, in the palette, on home, at its address and behind it, and in the search", async ({ visit, ask }) => {
    const login = await colleagueLike(ask, "analyst", { locale: "en" });
    const { page, expected } = await visit(desktop, login);
    expected.push(/^403 \/api\//);
    const segments = words("app:areas.segments");
    await seen(areas(page).getByText(segments, { exact: true }));
    await ask(
      `with own as (delete from governance.role_assignment where user_id = (select user_id from governance.app_user where login = $1) returning user_id, unit_id)
       insert into governance.role_assignment (user_id, role_id, unit_id) select user_id, 'auditor', unit_id from own`,
      [login],
    );
    for (const address of ["/api/segments", "/api/customers", "/api/customers/count", "/api/reports"]) {
      const status = (await page.request.get(address)).status();
      expect([403, 404], address).toContain(status);
    }
    expect((await page.request.post("/api/customers/search/ask", { data: { text: "an" } })).status()).toBe(403);
    await page.goto("/");
    await seen(areas(page).getByText(words("app:areas.audit"), { exact: true }));
    for (const area of ["customers", "segments", "reports"]) {
      const name = words(`app:areas.${area}`);
      expect(await areas(page).getByText(name, { exact: true }).count(), area).toBe(0);
      expect(await page.locator("main").getByText(name, { exact: true }).count(), area).toBe(0);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("textbox").fill(segments);
    expect(await page.getByRole("dialog").getByRole("option", { name: segments }).count()).toBe(0);
    await page.goto("/segments");
    await seen(page.getByText(words("app:page.noRightTitle")));
  });
});
