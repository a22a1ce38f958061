import pg from "pg";
import { expect, inject } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { checkServer } from "./requirements.ts";

test("a clock that differs from the database's by more than a minute is said before anything starts", async () => {
  const admin = new pg.Client({ connectionString: inject("template").adminUrl });
  await admin.connect();
  try {
    await checkServer(admin);
    await expect(checkServer(admin, () => Date.now() - 3_600_000)).rejects.toThrow("60 minutes behind the database's");
    await expect(checkServer(admin, () => Date.now() + 40 * 86_400_000)).rejects.toThrow("minutes ahead of the database's");
  } finally {
    await admin.end();
  }
});
