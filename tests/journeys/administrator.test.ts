import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, colleagueLike, desktop, seen, story, wordsOf } from "../support/story.ts";

const PASSWORD = "vinculo-demo";
const words = wordsOf("en");

let ruler: Promise<string> | null = null;
/** An administrator of this file's own: rights and sessions of the demo's stay as they are. */
const administrator = (ask: Ask): Promise<string> => (ruler ??= colleagueLike(ask, "admin", { locale: "en" }));

/** The proof dialog, answered with the password. */
async function prove(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog", { name: words("app:proof.title") });
  await dialog.locator("input").first().fill(PASSWORD);
  await dialog.getByRole("button", { name: words("app:proof.go") }).click();
  await dialog.waitFor({ state: "detached" });
}

describe("an administrator", () => {
  story(
    "adds a colleague, gives a role after a proof, and the colleague sets a password by the link and comes in",
    async ({ visit, ask }) => {
      const { page, expected } = await visit(desktop, await administrator(ask));
      expected.push(/^403 \/api\/people\/[^/]+\/grants$/); // the server asks for a proof first
      await page.goto("/organisation");
      await page.getByRole("button", { name: words("governance:newPerson.add") }).click();
      const login = `new.${process.pid}`;
      await page.getByLabel(words("governance:organisation.name"), { exact: true }).fill("Nadia New");
      await page.getByLabel(words("governance:organisation.login")).fill(login);
      await page
        .getByRole("dialog")
        .getByRole("button", { name: words("governance:newPerson.add") })
        .click();
      const link = (await page.locator("code").textContent()) ?? "";
      await page.getByRole("link", { name: words("governance:newPerson.roles") }).click();
      await page.getByRole("button", { name: words("people:grants.add") }).click();
      await page.getByRole("combobox", { name: words("people:grants.role") }).click();
      await page.getByRole("option", { name: "Auditor" }).click();
      await page.getByRole("button", { name: words("people:grants.give") }).click();
      await prove(page);
      await seen(page.getByText("Auditor, Vinculo Demo Bank"));
      await page.getByRole("button", { name: words("people:grants.add") }).click();
      await page.getByRole("combobox", { name: words("people:grants.role") }).click();
      await page.getByRole("option", { name: "Analyst" }).click();
      expected.push(/^422 \/api\/people\/[^/]+\/grants$/);
      await page.getByRole("button", { name: words("people:grants.give") }).click();
      await seen(page.getByText(/are kept apart\. Nobody may hold both/));

      const other = await visit(desktop);
      await other.page.goto(link);
      await other.page.locator("input[name=password]").fill("a password of her own");
      expect(new URL(other.page.url()).hash).toBe("");
      await other.page.getByRole("button", { name: words("app:invitation.go") }).click();
      await other.page.getByRole("link", { name: words("app:signIn.go") }).click();
      await other.page.locator("input[name=login]").fill(login);
      await other.page.locator("input[name=password]").fill("a password of her own");
      await other.page.locator("input[name=password]").press("Enter");
      await seen(other.page.getByText("Audit"));
    },
  );
});

story("AC-21: a session that is ended from elsewhere shows nothing any more", async ({ visit, ask }) => {
  const login = await colleagueLike(ask, "rm.london", { locale: "en" });
  const first = await visit(desktop, login);
  const second = await visit(desktop, login);
  first.expected.push(/^401 \/api\//);
  await second.page.goto("/account");
  await second.page.getByRole("button", { name: words("people:sessions.endOthers") }).click();
  await becomes(async () => (await first.page.request.get("/api/customers")).status(), 401);
  await first.page.goto("/customers");
  await seen(first.page.getByLabel("Login"));
});
