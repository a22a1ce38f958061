import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../server/platform/config/index.ts";
import { openDatabase } from "../../server/platform/db/index.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";

/** Migrates an empty database of its own, reads its catalogue and throws the database away: some seconds. */
export async function catalogueOfMigrations(): Promise<Catalogue> {
  const home = await mkdtemp(join(tmpdir(), "vinculo-generate-"));
  try {
    const db = await openDatabase(readConfig({ VINCULO_HOME: home }), { durable: false });
    try {
      const client = await db.connect("worker"); // any login may read the catalogue
      try {
        return await readCatalogue(client);
      } finally {
        await client.end();
      }
    } finally {
      await db.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
