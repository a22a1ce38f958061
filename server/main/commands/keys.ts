import type { Command } from "commander";
import { listAllKeys, revokeKeyByPrefix } from "../../governance/keys/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { printTable, withDatabase } from "./open.ts";

export function addKeyCommands(program: Command): void {
  const keys = program.command("keys").description("API keys of programs: list, revoke");
  keys
    .command("list")
    .description("every key: whose, what for, from where, until when, and when it was used last")
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        const found = await inTransaction(db, operator, (tx) => listAllKeys(tx, operator, systemClock), { role: "worker" });
        printTable(
          found.map(({ prefix, state, ownerName, scopes, ipRanges, expiresAt, lastUsedAt, purpose }) => ({
            ...{ prefix, state, owner: ownerName, scopes: scopes.join(","), from: ipRanges.join(",") },
            ...{ until: expiresAt.toISOString().slice(0, 10), used: lastUsedAt?.toISOString().slice(0, 16) ?? "never", purpose },
          })),
        );
      }),
    );
  keys
    .command("revoke <prefix>")
    .description("end a key on every server at once; the prefix is its first eleven characters (vk_ and eight more)")
    .action((prefix: string) =>
      withDatabase(async ({ db, operator }) => {
        await inTransaction(db, operator, (tx) => revokeKeyByPrefix(tx, operator, systemClock, prefix.slice(0, 11)), { role: "worker" });
        console.log(`${prefix.slice(0, 11)} has ended.`);
      }),
    );
}
