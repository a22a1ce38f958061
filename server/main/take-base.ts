import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BackupKey, type BaseManifest, claimRepository, makeBase } from "../platform/backup/index.ts";
import type { Config } from "../platform/config/index.ts";
import { identifySystem, readTables } from "../platform/db/index.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

export interface BaseWish {
  readonly config: Config;
  readonly url: string;
  readonly key: BackupKey;
  readonly now: () => Date;
  readonly onProgress?: (bytes: number) => void;
}

/** One base backup of this installation, with what a restore is compared with. */
export async function takeBase({ config, url, key, now, onProgress }: BaseWish): Promise<BaseManifest> {
  const { folder } = config.backup;
  const { systemId } = await identifySystem(url);
  await claimRepository(folder, { format: 1, systemId, keyId: key.keyId });
  return makeBase({
    ...{ url, home: config.home, folder, key, now, vinculo: version },
    tables: await readTables(url),
    keys: keyNames(join(config.home, "keys")),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/** Which keys are in use, by a hash that does not tell them: a restore says which of them are missing or others. */
export function keyNames(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== "backup.key");
  return Object.fromEntries(
    files.map(({ name }) => {
      const hash = createHash("sha256")
        .update("vinculo key name\n")
        .update(readFileSync(join(folder, name)));
      return [name, hash.digest("hex").slice(0, 16)];
    }),
  );
}
