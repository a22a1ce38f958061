import type { CDPSession, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { type Ask, becomes, colleagueLike, desktop, seen, story, theFirst, wordsOf } from "../support/story.ts";

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

/** A key that is plugged in and touched at once, as Chromium plays it. */
async function plugInKey(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
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
      await page.getByRole("option", { name: "Analyst", exact: true }).click();
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

  story("sees who can see a customer and why, and not the customer", async ({ visit, ask }) => {
    const someone = theFirst(
      await ask<{ no: string; name: string }>(
        `select customer_no no, full_name name from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
       where u.code = 'GB-LON-01' and c.compartments is null order by customer_no limit 1`,
      ),
    );
    const { page } = await visit(desktop, await administrator(ask), "/people/access");
    await page.getByLabel(words("people:access.customer")).fill(someone.no);
    await page.getByRole("button", { name: words("people:access.ask") }).click();
    await seen(page.getByText("James Whitaker"));
    await seen(page.getByText("Branch manager at London City"));
    await seen(page.getByText(/^Analyst for the whole bank/));
    expect(await page.getByText(someone.name).count()).toBe(0);
    expect(await page.getByText("Carmen Ortega Ruiz", { exact: true }).count()).toBe(0);
  });
});

story("AC-33: a person adds a passkey after a proof, signs in with it alone, and proves an act with it", async ({ visit, ask }) => {
  const login = await colleagueLike(ask, "steward", { locale: "en" });
  const { page, expected } = await visit(desktop, login);
  // What was under way while the cookie was renewed, or the person signed out, is told that nobody is there.
  expected.push(/^403 \/api\/account\//, /^401 \/api\/(session|loads|notices)$/);
  await plugInKey(page);
  await page.goto("/account");
  await page.getByLabel(words("people:own.passkeyName")).fill("Desk key");
  await page.getByLabel(words("people:own.passkeyName")).press("Enter");
  await prove(page);
  await seen(page.getByText(words("people:own.codes"), { exact: true }));
  await seen(page.getByText("Desk key"));

  await page.getByRole("button", { name: words("app:person.menu") }).click();
  await page.getByRole("button", { name: words("app:person.signOut") }).click();
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("input[name=password]").press("Enter");
  await seen(page.getByText(words("app:signIn.codeNote"))); // the password alone is not enough any more
  await page.getByRole("button", { name: words("app:signIn.passkey") }).click();
  await page.locator("input[name=password]").waitFor({ state: "detached" });
  await page.goto("/account");
  await seen(page.getByText(words("people:sessions.methods.passkey")));

  await page.getByRole("button", { name: words("people:own.renew") }).click();
  const dialog = page.getByRole("dialog", { name: words("app:proof.title") });
  expect(await dialog.getByLabel(words("app:signIn.password")).count()).toBe(0);
  await dialog.getByRole("button", { name: words("app:proof.passkey") }).click();
  await dialog.waitFor({ state: "detached" });
  await seen(page.getByText(words("people:own.codes"), { exact: true }));
});

story("AC-21: a session that is ended from elsewhere shows nothing any more", async ({ visit, ask }) => {
  const login = await colleagueLike(ask, "rm.london", { locale: "en" });
  const first = await visit(desktop, login);
  const second = await visit(desktop, login);
  first.expected.push(/^401 \/api\//);
  await second.page.goto("/account");
  second.expected.push(/^403 \/api\/people\/[^/]+\/sessions$/); // the server asks for a proof first
  await second.page.getByRole("button", { name: words("people:sessions.endOthers") }).click();
  await prove(second.page);
  await becomes(async () => (await first.page.request.get("/api/customers")).status(), 401);
  await first.page.goto("/customers");
  await seen(first.page.getByLabel("Login"));
});
