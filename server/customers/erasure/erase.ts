import { record } from "../../governance/audit/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { ClassifiedColumn } from "../../platform/data-map/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { holdIdentifierIndex } from "../identifiers/index.ts";
import { refreshCustomersInside } from "../profiles/index.ts";
import type { Plan } from "./contract.ts";
import * as rows from "./erase-store.ts";
import { appendToLog } from "./erasure-log.ts";
import { type Found, monthsLater, nextDay, planOf, type SubjectTable, subjectTables } from "./rules.ts";

export interface Erasing {
  readonly db: Db;
  readonly caller: Caller;
  readonly now: Date;
  readonly home: string;
  readonly columns: readonly ClassifiedColumn[];
}

const LOOK_AGAIN_DAYS = 30;

/** What of these records goes on this day. On the worker. */
export async function planFor(tx: Tx, columns: readonly ClassifiedColumn[], partyIds: readonly string[], now: Date): Promise<Plan> {
  const whose = { partyIds, customerIds: (await rows.customersOf(tx, partyIds)).own };
  const tables = subjectTables(columns);
  const found = new Map<string, Found>();
  for (const table of tables) found.set(table.table, await rows.countRows(tx, table, whose));
  const relationship = await rows.readRelationship(tx, partyIds);
  return planOf(tables, found, { terms: await rows.readTerms(tx), relationship, today: dayOf(now) });
}

/**
 * Erases of a restricted customer what may go today: one transaction, all or nothing. Doing it again does what is left. A legal hold stops it before the
 * first row: holds and erasures lock the same records. Answers what became of it; "none" when it is not at work.
 */
export async function eraseCustomer(
  { db, caller, now, home, columns }: Erasing,
  erasureId: string,
): Promise<"erased" | "kept" | "held" | "none"> {
  const work = async (tx: Tx) => {
    const at = await rows.lockErasure(tx, erasureId);
    if (at === null) return "none";
    const about = { caller, subjectKind: "customer", subjectIds: [] as string[] };
    if (at.locked === null) {
      await rows.saveProgress(tx, erasureId, { plan: null, nextOn: daysLater(now, 1), held: true, done: false });
      await record(tx, { ...about, action: "customer.erasure_held", detail: { erasureId } });
      return "held";
    }
    const customers = await rows.customersOf(tx, at.locked);
    const remembered = await rows.remember(tx, at.locked);
    const before = await planFor(tx, columns, at.locked, now);
    // Rows in quarantine are found by stored forms of numbers: neither of the two goes while we compare (docs/decisions/0018).
    await holdIdentifierIndex(tx);
    const quarantined = await rows.deleteQuarantined(tx, at.locked);
    const plan = await carryOut(tx, before, { columns, whose: { partyIds: at.locked, customerIds: customers.own }, now });
    await rows.deleteEmptyCircles(tx);
    const done = plan.lines.every(({ outcome }) => outcome !== "keep");
    if (done) await rows.deleteRestriction(tx, at.partyIds);
    await refreshCustomersInside(tx, customers.shared);
    await rows.saveProgress(tx, erasureId, {
      plan,
      nextOn: done ? null : (nextDay(plan) ?? daysLater(now, LOOK_AGAIN_DAYS)),
      held: false,
      done,
    });
    const erased = plan.lines.reduce((sum, line) => sum + line.erased, 0);
    await record(tx, {
      ...about,
      action: done ? "customer.erased" : "customer.erased_in_part",
      subjectIds: customers.own.slice(0, 200),
      detail: { erasureId, erased, quarantined },
    });
    await appendToLog(home, { at: now.toISOString(), erasureId, customerNo: at.customerNo, partyIds: at.partyIds, ...remembered });
    return done ? "erased" : "kept";
  };
  return inTransaction(db, caller, work, { role: "worker", retry: false });
}

async function carryOut(
  tx: Tx,
  plan: Plan,
  { columns, whose, now }: { columns: readonly ClassifiedColumn[]; whose: rows.Whose; now: Date },
): Promise<Plan> {
  const terms = await rows.readTerms(tx);
  const tables = new Map<string, SubjectTable>(subjectTables(columns).map((table) => [table.table, table]));
  const lines = [];
  for (const line of plan.lines) {
    const table = tables.get(line.table);
    if (table === undefined || line.joint) {
      lines.push(line);
      continue;
    }
    const months = terms.get(line.rule)?.months ?? null;
    // Of what is kept by the day of each row, the older ones are over their term already.
    const cut = table.dayColumn === null || months === null ? null : monthsLater(dayOf(now), -months);
    const goes = line.outcome === "erase" || rows.findingTables.includes(line.table);
    const erased = goes ? await rows.deleteRows(tx, table, whose) : cut === null ? 0 : await rows.deleteRows(tx, table, whose, cut);
    lines.push({ ...line, rows: line.rows - erased, erased, ...(goes ? { outcome: "erase" as const, until: null } : {}) });
  }
  // Triggers write what was into other tables when a row goes (history, numbers of customers): the second look finds it.
  for (const { table: name, outcome } of lines) {
    const table = tables.get(name);
    if (table !== undefined && outcome === "erase") await rows.deleteRows(tx, table, whose);
  }
  for (const name of plan.lines.length > 0 ? rows.trailingTables : []) {
    const table = tables.get(name);
    if (table !== undefined && lines.every((line) => line.table !== name)) await rows.deleteRows(tx, table, whose);
  }
  return { ...plan, lines };
}

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

function daysLater(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() + days * 86_400_000));
}
