import { describe } from "vitest";
import { openers, readPagesOf } from "./every-page.ts";

describe("on a phone, in Arabic, axe finds nothing serious", () => {
  readPagesOf(openers.filter((opener) => opener !== "steward"));
});
