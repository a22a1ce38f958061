import { describe } from "vitest";
import { colleagueLike, desktop, story } from "../support/story.ts";
import { EVERY_PAGE_MS, expectReadable, pagesOfSteward } from "./every-page.ts";

describe("at a desk, in English, axe finds nothing serious", () => {
  story("on the page where one signs in", async ({ visit }) => {
    const { page } = await visit(desktop);
    await expectReadable(page, { name: "sign-in", path: "/" });
  });

  story("on any page of a steward's", { timeout: EVERY_PAGE_MS }, async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward");
    for (const address of await pagesOfSteward(ask)) await expectReadable(page, address);
  });

  story("on the customer, the list and the quarantine in the dark", async ({ visit, ask }) => {
    const { page } = await visit({ ...desktop, colorScheme: "dark" }, "steward");
    const dark = ["customers", "customer, overview", "customer, records", "quarantine"];
    for (const address of await pagesOfSteward(ask)) if (dark.includes(address.name)) await expectReadable(page, address);
  });

  story("on the audit trail", async ({ visit, ask }) => {
    const { page } = await visit(desktop, await colleagueLike(ask, "auditor", { locale: "en", calendar: "persian" }));
    await expectReadable(page, { name: "audit", path: "/audit" });
    await expectReadable(page, { name: "seals", path: "/audit/seals" });
  });
});
