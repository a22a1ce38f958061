import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, inject } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, delivered, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { contentHash } from "./content-hash.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { reverseLoad } from "./reverse-load.ts";

const CHUNK_ROWS = 20;
const hashOf = async (db: Db) => (await inTransaction(db, await operatorCaller(db), contentHash, { role: "worker" })).tables;

/** Runs the load in a process of its own until it kills itself. Answers with the signal it died of. */
function runAndDie(order: object): Promise<NodeJS.Signals | null> {
  const program = fileURLToPath(new URL("../../../tests/support/load-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (_, signal) => resolve(signal));
  });
}

test("a load killed at any moment goes on where it was and ends with the same content as an undisturbed one", async ({ db, clone }) => {
  const caller = await operatorCaller(db);
  const mapping = bankMapping("crash");
  const bank = smallBank(60, 3);
  const files = delivered(bank);
  const empty = await hashOf(db);
  const undisturbed = await loadDelivery({ db, caller, delivery: await openDelivery(mapping, files), chunkRows: CHUNK_ROWS });
  const right = await hashOf(db);
  const { kinds, controlTotals } = undisturbed.report;
  await reverseLoad(db, caller, undisturbed.loadId);
  const template = inject("template");
  const login = (name: string, password: string) => Object.assign(new URL(clone.adminUrl), { username: name, password }).href;
  const logins = {
    app: login("vinculo_app", template.passwords.app),
    worker: login("vinculo_worker", template.passwords.worker),
    sealer: login("vinculo_sealer", template.passwords.sealer),
  };
  const moments = [
    ["chunk 0.", 1],
    ["chunk 0.", 3],
    ["file 1", 1],
    ["chunk 2.", 2],
    ["chunk 2.", 7],
    ["read", 1],
    ["refreshed batch", 1],
    ["reconciling", 1],
  ] as const;
  for (const [dieAt, times] of moments) {
    const order = {
      logins,
      contextKeyHex: template.contextKeyHex,
      masterKeyFile: template.masterKeyFile,
      mapping,
      files,
      chunkRows: CHUNK_ROWS,
      dieAt,
      times,
    };
    expect([dieAt, times, await runAndDie(order)]).toEqual([dieAt, times, "SIGKILL"]);
    const resumed = await loadDelivery({ db, caller, delivery: await openDelivery(mapping, files), chunkRows: CHUNK_ROWS });
    expect([dieAt, times, await hashOf(db)]).toEqual([dieAt, times, right]);
    expect(resumed.report.kinds).toEqual(kinds);
    expect(resumed.report.controlTotals).toEqual(controlTotals);
    await reverseLoad(db, caller, resumed.loadId);
    expect(await hashOf(db)).toEqual(empty);
  }
}, 300_000);
