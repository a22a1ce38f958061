import type { Logger } from "pino";
import { Gauge, type Registry } from "prom-client";
import { operatorCaller } from "../governance/access/index.ts";
import { tellOperators } from "../governance/notices/index.ts";
import { Archiver } from "../platform/backup/index.ts";
import type { Clock } from "../platform/clock/index.ts";
import type { Config } from "../platform/config/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";
import type { Closable } from "../platform/http/index.ts";
import { takeBase } from "./take-base.ts";

export interface ArchiverOrder {
  readonly config: Config;
  readonly db: Db;
  /** The administrator of the embedded server. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** Archives the log of the embedded database and takes backups on time; trouble goes to the log, the metrics, `vinculo doctor` and the bell of administrators. */
export function startArchiver({ config, db, url, clock, logger, metrics }: ArchiverOrder): Closable {
  const archiver = new Archiver({
    ...{ url, home: config.home, ...config.backup, now: () => clock.now(), logger },
    takeBase: (key) => takeBase({ config, url, key, now: () => clock.now() }),
    onTrouble: async (trouble) => {
      const kind = trouble === null ? "backup_works" : "backup_fails";
      await inTransaction(db, await operatorCaller(db), (tx) => tellOperators(tx, kind, trouble === null ? {} : { trouble }), {
        role: "worker",
      });
    },
  });
  const registers = [metrics];
  new Gauge({
    name: "vinculo_backup_archived_age_seconds",
    help: "Since everything the database had written was last archived; what a loss of the disk would cost",
    registers,
    collect() {
      const { archivedAt } = archiver.state;
      if (archivedAt !== null) this.set((clock.now().getTime() - Date.parse(archivedAt)) / 1000);
    },
  });
  new Gauge({
    name: "vinculo_backup_failing",
    help: "1 while the log of the database cannot be archived",
    registers,
    collect() {
      this.set(archiver.state.failingSince === null ? 0 : 1);
    },
  });
  archiver.begin();
  return archiver;
}
