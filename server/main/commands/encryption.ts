import type { Command } from "commander";
import {
  carryOutRotation,
  listOpenRotations,
  moveKeys,
  orderRotationAtOnce,
  type RotatedPart,
  type RotationRow,
  readState,
  rotateMasterKey,
} from "../../governance/encryption/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction, type Tx } from "../../platform/db/index.ts";
import { sealedColumns } from "../sealed-columns.ts";
import { type Opened, printTable, withDatabase } from "./open.ts";

export function addEncryptionCommands(program: Command): void {
  const encryption = program.command("encryption").description("keys of encrypted columns: status, rotate, rotate-master, move");
  encryption
    .command("status")
    .description("the key provider, and of each encrypted column its keys, their age and how many rows each seals")
    .action(() => withDatabase(printState));
  encryption
    .command("rotate")
    .description("give encrypted columns a new key and seal their rows anew; goes on with what was begun")
    .option("--column <name>", "only this one, as schema.table.column")
    .option("--index", "the key of the blind index by which values are found, in place of the key they are sealed with")
    .action(({ column, index = false }: { column?: string; index?: boolean }) =>
      withDatabase((opened) => rotate(opened, column, index ? "index" : "values")),
    );
  encryption
    .command("rotate-master")
    .description("a new version of the master key, and the keys of all columns wrapped with it; no row changes")
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        console.log(
          `${await rotateMasterKey(db, operator)} keys are wrapped by the new master key. Copy the key folder to where your copies are.`,
        );
      }),
    );
  encryption
    .command("move")
    .description("wrap the keys of all columns by the provider the settings name, whichever wrapped them; no row changes")
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        const { moved, to } = await moveKeys(db, operator);
        console.log(`${moved} keys have moved to ${to}. Older backups open with the provider of their day: keep what it needs.`);
      }),
    );
}

async function printState({ db, operator }: Opened): Promise<void> {
  const { provider, columns } = await readState(db, operator, sealedColumns);
  console.log(`${provider.kind}: ${provider.place} (${provider.masterKey ?? "does not answer"})\n`);
  printTable(
    columns.flatMap(({ column, epochs, indexKeyAt, rotation, isDue }) =>
      epochs.map(({ epoch, createdAt, rows, masterKey }, at) => ({
        ...{
          column,
          epoch,
          "index key": at > 0 ? "" : (indexKeyAt?.toISOString().slice(0, 10) ?? ""),
          made: createdAt.toISOString().slice(0, 10),
          rows,
          "master key": masterKey,
        },
        state: at > 0 ? "" : rotation !== null && rotation.finishedAt === null ? "rotating" : isDue ? "due" : "in use",
      })),
    ),
  );
}

/** What was begun of a column is ended first; was that the other part, what was asked for follows. */
async function rotate(opened: Opened, only: string | undefined, part: RotatedPart): Promise<void> {
  const { db, operator } = opened;
  const asWorker = { role: "worker" } as const;
  const open = await inTransaction(db, operator, listOpenRotations, asWorker);
  for (const { column } of sealedColumns.filter((one) => (only === undefined ? part === "values" || one.isIndexed : one.column === only))) {
    const begun = open.find((rotation) => rotation.column === column);
    if (begun !== undefined) await carryOut(opened, begun);
    if (begun?.part === part) continue;
    const order = (tx: Tx) => orderRotationAtOnce(tx, operator, systemClock, sealedColumns, { column, part });
    await carryOut(opened, { rotationId: await inTransaction(db, operator, order, asWorker), column, part, resealed: 0 });
  }
  if (only !== undefined && !sealedColumns.some(({ column }) => column === only))
    throw new Refusal(`${only} is no encrypted column: vinculo encryption status lists them.`);
}

type Rotating = Pick<RotationRow, "rotationId" | "column" | "part" | "resealed">;

async function carryOut({ db, operator }: Opened, { rotationId, column, part, resealed }: Rotating): Promise<void> {
  let rows = resealed;
  const onBatch = (written: number) => {
    rows += written;
  };
  const signal = new AbortController().signal;
  await carryOutRotation({ db, caller: operator, clock: systemClock, columns: sealedColumns, signal, onBatch }, rotationId);
  console.log(
    part === "index"
      ? `${column}: the blind index has a new key, the old one is gone; ${rows} rows were written.`
      : `${column}: ${rows} rows are sealed with a new key.`,
  );
}
