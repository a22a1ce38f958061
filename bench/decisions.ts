import { sql } from "../server/platform/db/index.ts";
import { newId } from "../server/platform/ids/index.ts";
import type { AsOperator, Case, Sample } from "./requests.ts";

const PER_SECOND = 500;
/** For a minute at that rate: nobody is asked twice about the same payment. */
const PAYMENTS = 30_000;
const SPREAD_MS = 3_600_000;

/** Whether payments are let through, as the bank's switch asks: the score and the rules in force, of accounts of the bank drawn at random. */
export async function decisionCases(sample: Sample, asOperator: AsOperator): Promise<Case[]> {
  const login = "fraud";
  await asOperator((tx) =>
    sql`insert into governance.role_assignment (user_id, role_id, unit_id)
      select user_id, 'payment_switch', (select unit_id from governance.organisation_unit where parent_id is null)
      from governance.app_user where login = ${login} on conflict do nothing`.execute(tx),
  );
  const accounts = await sample(sql<{ source: string; account: string; currency: string; payee: string }>`
    select s.code as source, h.source_key as account, h.currency, md5(h.holding_id::text) as payee
    from customers.holding h join customers.source s using (source_id) where h.kind = 'current_account' order by md5(h.holding_id::text) limit 5000`);
  const begun = Date.now() - SPREAD_MS;
  const wishes = Array.from({ length: accounts.length === 0 ? 0 : PAYMENTS }, (_, at) => {
    const { source, account, currency } = accounts[at % accounts.length] as (typeof accounts)[number];
    const payee = accounts[(at * 7919) % accounts.length]?.payee;
    return {
      path: "/api/fraud/decisions",
      body: JSON.stringify({
        ...{ source, account, currency, paymentId: newId(), at: new Date(begun + (at * SPREAD_MS) / PAYMENTS).toISOString() },
        ...{ amountMinor: String(500 + ((at * 104_729) % 50_000)), payee: { account: payee }, channel: "card" },
      }),
    };
  });
  return [{ work: "decision on a payment", login, wishes, perSecond: PER_SECOND, goal: { share: 0.99, ms: 10 } }];
}
