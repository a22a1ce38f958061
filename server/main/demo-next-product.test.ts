import { expect, vi } from "vitest";
import { planBank } from "../../db/demo/bank.ts";
import { makeBundles } from "../../db/demo/sources/bundle.ts";
import { frozenClock, test } from "../../tests/support/database.ts";
import { operatorCaller } from "../governance/access/index.ts";
import { takeFactChanges } from "../intelligence/facts/index.ts";
import { fitByTime, scorePlans } from "../intelligence/scores/index.ts";
import { inTransaction, sql, type Tx } from "../platform/db/index.ts";
import { newId } from "../platform/ids/index.ts";

vi.setConfig({ testTimeout: 300_000 });

const CUSTOMERS = 900;
const BATCH_ROWS = 20_000;
const isoDay = (day: number | undefined) => (day === undefined ? null : new Date(day * 86_400_000).toISOString().slice(0, 10));

async function insert(tx: Tx, table: string, shape: string, rows: readonly unknown[]): Promise<void> {
  const names = shape.split(/,\s*/).map((column) => column.split(" ")[0]);
  for (let from = 0; from < rows.length; from += BATCH_ROWS)
    await sql`insert into ${sql.raw(table)} (${sql.raw(names.join(", "))}) select * from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + BATCH_ROWS))}::jsonb)
      as r (${sql.raw(shape)})`.execute(tx);
}

/** The customers of the demo bank with what they hold and what moved, laid straight into the tables: each one record. */
async function givenDemoLives(tx: Tx): Promise<void> {
  const bank = planBank({ customers: CUSTOMERS, seed: 1, until: "2026-02-28" });
  const [customers, parties, holdings, roles, movements]: unknown[][] = [[], [], [], [], []];
  let line = 0;
  for (let pair = 0; pair < CUSTOMERS / 2; pair += 1) {
    for (const { customer, life } of makeBundles(bank, pair)) {
      const [customer_id, party_id] = [newId(), newId()];
      const head = { customer_id, kind: customer.kind, full_name: customer.label };
      customers?.push({
        ...head,
        customer_no: customer.label,
        sort_name: customer.label,
        customer_since: isoDay(customer.sinceDay),
        party_count: 1,
      });
      parties?.push({ ...head, party_id, source_id: 900, source_key: customer.label, changed_at: "2026-01-01", load_no: 1 });
      for (const { holding, closedDay, movements: moved } of life.accounts) {
        const own = { party_id, holding_id: newId(), source_id: 900, load_no: 1, currency: holding.currency };
        holdings?.push({
          ...{ ...own, source_key: holding.key, kind: holding.kind, opened_on: isoDay(holding.openedDay), closed_on: isoDay(closedDay) },
          ...{ matures_on: isoDay(holding.maturesDay), amount_minor: holding.amountMinor, changed_at: "2026-01-01" },
        });
        roles?.push({ ...own, owner_party_id: party_id, role: "owner" });
        for (const { day, amountMinor, balanceMinor, category, channel, counterparty } of moved) {
          line += 1;
          movements?.push({
            ...{ ...own, transaction_id: newId(), booked_on: isoDay(day), amount_minor: amountMinor, balance_after_minor: balanceMinor },
            ...{ line_no: line, source_key: String(line), category, channel, counterparty_name: counterparty },
          });
        }
      }
    }
  }
  await sql`insert into customers.source (source_id, code, name, trust) overriding system value values (900, 'lives', 'Lives', 50)`.execute(
    tx,
  );
  const own = "party_id uuid, holding_id uuid, source_id smallint, load_no int";
  await insert(
    tx,
    "customers.customer",
    "customer_id uuid, kind text, full_name text, customer_no text, sort_name text, customer_since date, party_count int",
    customers ?? [],
  );
  await insert(
    tx,
    "customers.party",
    "customer_id uuid, kind text, full_name text, party_id uuid, source_id smallint, source_key text, changed_at timestamptz, load_no int",
    parties ?? [],
  );
  await insert(
    tx,
    "customers.holding",
    `${own}, currency char(3), source_key text, kind text, opened_on date, closed_on date, matures_on date, amount_minor bigint, changed_at timestamptz`,
    holdings ?? [],
  );
  await insert(tx, "customers.holding_role", `${own}, owner_party_id uuid, role text`, roles ?? []);
  await sql`select customers.ensure_transaction_month(d::date) from generate_series('2023-12-01'::date, '2026-03-01', interval '1 month') d`.execute(
    tx,
  );
  await insert(
    tx,
    "customers.transaction",
    `${own}, currency char(3), transaction_id uuid, booked_on date, amount_minor bigint, balance_after_minor bigint, line_no int, source_key text, category text,
     channel text, counterparty_name text`,
    movements ?? [],
  );
  const rates = { AED: 0.25, SAR: 0.245, IRR: 0.0000012, CNY: 0.128, GBP: 1.17, USD: 0.92 };
  for (const [currency, rate] of Object.entries(rates))
    await sql`insert into intelligence.exchange_rate (currency, valid_from, rate, source, recorded_by) values (${currency}, '2023-01-01', ${rate}, 'tests', uuidv7())`.execute(
      tx,
    );
}

test("what the demo bank's customers take next is told from what happened before, by time, far better than by what is popular", async ({
  db,
  admin,
}) => {
  await admin.transaction().execute(givenDemoLives);
  const [operator, clock] = [await operatorCaller(db), frozenClock()];
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, operator, work, { role: "worker", statementTimeoutMs: 0 });
  await asWorker((tx) => takeFactChanges(tx, true));
  const plan = scorePlans.find(({ modelId }) => modelId === "next_product");
  if (plan === undefined) throw new Error("no plan for the next product");
  const set = await plan.gather({ inTransaction: asWorker, clock, signal: new AbortController().signal });
  const { report, judged } = fitByTime(set, plan.learnerOf("trees"));
  const { measures, baseline, split } = report;
  const ranked = plan.measure?.(set, judged);
  const say = (value: number | null | undefined) => (value ?? 0).toFixed(3);
  process.stdout.write(
    `demo next product: AUC ${say(measures.auc)}, AP ${say(measures.averagePrecision)}, lift ${say(measures.liftAt10)}, MAP@7 ${say(ranked?.map_at_7)} on ${split.judge.rows} ` +
      `(${split.judge.events} bought); by popularity ${say(baseline.auc)}, ${say(baseline.averagePrecision)}, ${say(baseline.liftAt10)}, ${say(ranked?.baseline_map_at_7)}\n`,
  );
  expect(measures.auc).toBeGreaterThan(baseline.auc + 0.04);
  expect(measures.averagePrecision).toBeGreaterThan(1.4 * baseline.averagePrecision);
  expect(measures.liftAt10).toBeGreaterThan(1.2 * baseline.liftAt10);
});
