import { describe, expect } from "vitest";
import { colleagueLike, phone, story } from "../support/story.ts";
import { EVERY_PAGE_MS, expectReadable, openers, pagesByOpener } from "./every-page.ts";

const hijri = { locale: "ar", calendar: "islamic-umalqura" };

describe("on a phone, in Arabic, axe finds nothing serious", () => {
  story("on the page where one signs in", async ({ visit }) => {
    const { page } = await visit(phone);
    await expectReadable(page, "/");
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl"); // as the browser asks for it
  });

  for (const opener of openers) {
    story(`on any page first opened by ${opener}, and none is wider than the phone`, { timeout: EVERY_PAGE_MS }, async ({ visit, ask }) => {
      const paths = (await pagesByOpener(ask)).get(opener) ?? [];
      const { page } = await visit(phone, await colleagueLike(ask, opener, hijri));
      const wide: string[] = [];
      for (const path of paths) {
        await expectReadable(page, path);
        if ((await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")) > 0) wide.push(path);
      }
      expect(wide).toEqual([]);
    });
  }

  story("on the customer and the report of a load in the dark", async ({ visit, ask }) => {
    const { page } = await visit({ ...phone, colorScheme: "dark" }, await colleagueLike(ask, "analyst", hijri));
    const dark = /tab=overview$|^\/loads\/[0-9a-f-]{36}$/;
    for (const path of [...(await pagesByOpener(ask)).values()].flat()) if (dark.test(path)) await expectReadable(page, path);
  });
});
