import type { Command } from "commander";
import { reapplyErasures } from "../../customers/erasure/index.ts";
import { columnsOf } from "../../platform/data-map/index.ts";
import { personalData } from "../personal-data.ts";
import { withDatabase } from "./open.ts";

export function addPrivacyCommands(program: Command): void {
  const privacy = program.command("privacy").description("what customers are owed: erasures after a restore");
  privacy
    .command("reapply")
    .description("after a restore: erase again what was erased since the backup (erasures.jsonl in the home folder)")
    .action(() =>
      withDatabase(async ({ db, operator, config }) => {
        const done = await reapplyErasures({ db, caller: operator, now: new Date(), home: config.home, columns: columnsOf(personalData) });
        console.log(
          `${done.entries} erasures in the log; ${done.back} customers had come back: ${done.erased} erased, ${done.back - done.erased - done.held} restricted until their terms are over, ${done.held} under a legal hold`,
        );
      }),
    );
}
