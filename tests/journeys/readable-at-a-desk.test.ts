import { describe } from "vitest";
import { colleagueLike, desktop, story } from "../support/story.ts";
import { expectReadable, pagesByOpener } from "./every-page.ts";

describe("at a desk, in English, axe finds nothing serious", () => {
  story("on the page where one signs in", async ({ visit }) => {
    const { page } = await visit(desktop);
    await expectReadable(page, "/");
  });

  story("on the pages that a desk gives another shape", async ({ visit, ask }) => {
    const { page } = await visit(desktop, "steward");
    const wide =
      /^\/$|^\/customers$|tab=(overview|transactions)$|^\/identity\/pairs|^\/quarantine$|^\/mappings\/new$|^\/loads\/[0-9a-f-]{36}$/;
    for (const path of (await pagesByOpener(ask)).get("steward") ?? []) if (wide.test(path)) await expectReadable(page, path);
  });

  story("on the customer, the list and the quarantine in the dark", async ({ visit, ask }) => {
    const { page } = await visit({ ...desktop, colorScheme: "dark" }, "steward");
    const dark = /^\/customers$|tab=overview$|tab=records$|^\/quarantine$/;
    for (const path of (await pagesByOpener(ask)).get("steward") ?? []) if (dark.test(path)) await expectReadable(page, path);
  });

  story("on the audit trail", async ({ visit, ask }) => {
    const { page } = await visit(desktop, await colleagueLike(ask, "auditor", { locale: "en", calendar: "persian" }));
    await expectReadable(page, "/audit");
    await expectReadable(page, "/audit/seals");
  });
});
