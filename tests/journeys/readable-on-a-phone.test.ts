import { describe, expect } from "vitest";
import { colleagueLike, phone, story } from "../support/story.ts";
import { expectReadable, hijri, pagesByOpener, readPagesOf } from "./every-page.ts";

describe("on a phone, in Arabic, axe finds nothing serious", () => {
  story("on the page where one signs in", async ({ visit }) => {
    const { page } = await visit(phone);
    await expectReadable(page, "/");
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl"); // as the browser asks for it
  });

  readPagesOf(["steward"]);

  story("on the customer and the report of a load in the dark", async ({ visit, ask }) => {
    const { page } = await visit({ ...phone, colorScheme: "dark" }, await colleagueLike(ask, "analyst", hijri));
    const dark = /tab=overview$|^\/loads\/[0-9a-f-]{36}$/;
    for (const path of [...(await pagesByOpener(ask)).values()].flat()) if (dark.test(path)) await expectReadable(page, path);
  });
});
