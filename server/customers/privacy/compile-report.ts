import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { ClassifiedColumn } from "../../platform/data-map/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { reportTables } from "./rules.ts";
import * as store from "./store.ts";

/** Of one table. Ten years of a busy account are some 20,000 transactions. */
const ROWS_MAX = 50_000;

export interface Compiling {
  readonly db: Db;
  readonly caller: Caller;
  readonly now: Date;
  readonly columns: readonly ClassifiedColumn[];
}

/** Gathers the report as the worker; doing it twice does it once. Fails with not_allowed, not_found (the person who ordered it sees the customer no more). */
export async function compileReport({ db, caller, now, columns }: Compiling, customerId: string, reportId: string): Promise<void> {
  permit(caller, "privacy:report");
  if ((await inTransaction(db, caller, (tx) => store.findCustomerNo(tx, customerId), { readOnly: true })) === null)
    throw new DomainError("not_found", "no such customer for this caller");
  await inTransaction(
    db,
    caller,
    async (tx) => {
      if (!(await store.lockOrdered(tx, customerId, reportId))) return;
      const of = { customerId, partyIds: await store.partiesOf(tx, customerId) };
      const terms = await store.readTerms(tx);
      const sections: string[] = [];
      let rows = 0;
      for (const table of reportTables(columns)) {
        const found = await store.readRows(tx, table, of, ROWS_MAX);
        if (found.count === 0) continue;
        rows += found.count;
        const { subject: _, ...about } = table;
        const head = JSON.stringify({ ...about, keptMonths: terms.get(table.retention) ?? null, complete: found.count < ROWS_MAX });
        sections.push(`${head.slice(0, -1)},"rows":${found.rows}}`);
      }
      await store.saveContent(tx, customerId, reportId, { sections: `[${sections.join(",")}]`, rows, now });
      await record(tx, {
        caller,
        action: "access_report.compiled",
        subjectKind: "customer",
        subjectIds: [customerId],
        detail: { reportId, rows },
      });
    },
    { role: "worker" },
  );
}
