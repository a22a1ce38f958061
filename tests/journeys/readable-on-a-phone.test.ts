import { describe, expect } from "vitest";
import { colleagueLike, phone, story } from "../support/story.ts";
import { EVERY_PAGE_MS, expectReadable, pagesOfSteward } from "./every-page.ts";

const hijri = { locale: "ar", calendar: "islamic-umalqura" };

describe("on a phone, in Arabic, axe finds nothing serious", () => {
  story("on the page where one signs in", async ({ visit }) => {
    const { page } = await visit(phone);
    await expectReadable(page, { name: "sign-in", path: "/" });
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl"); // as the browser asks for it
  });

  story("on any page of a steward's, and none is wider than the phone", { timeout: EVERY_PAGE_MS }, async ({ visit, ask }) => {
    const { page } = await visit(phone, await colleagueLike(ask, "steward", hijri));
    for (const address of await pagesOfSteward(ask)) {
      await expectReadable(page, address);
      expect(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), address.name).toBeLessThanOrEqual(0);
    }
  });

  story("on the customer and the report of a load in the dark", async ({ visit, ask }) => {
    const { page } = await visit({ ...phone, colorScheme: "dark" }, await colleagueLike(ask, "analyst", hijri));
    const dark = ["customer, overview", "load report"];
    for (const address of await pagesOfSteward(ask)) if (dark.includes(address.name)) await expectReadable(page, address);
  });

  story("on the audit trail", async ({ visit, ask }) => {
    const { page } = await visit(phone, await colleagueLike(ask, "auditor", hijri));
    await expectReadable(page, { name: "audit", path: "/audit" });
    await expectReadable(page, { name: "seals", path: "/audit/seals" });
  });
});
