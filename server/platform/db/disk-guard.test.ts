import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { openDiskGuard } from "./index.ts";

test("a disk with room for the reserve lets writing go on", async () => {
  await expect(openDiskGuard(tmpdir(), 0).requireRoom()).resolves.toBeUndefined();
});

test("below the reserve writing waits and says so", async () => {
  await expect(openDiskGuard(tmpdir(), 1_000_000_000).requireRoom()).rejects.toMatchObject({ code: "read_only" });
});
