import fc from "fast-check";
import { describe, expect } from "vitest";
import type { CustomerSort, Filter } from "../../server/customers/directory/contract.ts";
import { countCustomers, listCustomers, readFilterChoices } from "../../server/customers/directory/list-customers.ts";
import { searchCustomers } from "../../server/customers/directory/search-customers.ts";
import { viewCustomerAsOf } from "../../server/customers/history/view-as-of.ts";
import { listTransactions } from "../../server/customers/holdings/list-transactions.ts";
import { listDoubts } from "../../server/customers/identity/list-doubts.ts";
import { readIdentity } from "../../server/customers/identity/read-identity.ts";
import { readMatchingQuality } from "../../server/customers/identity/read-quality.ts";
import { listLoads, listQuarantine } from "../../server/customers/intake/read-loads.ts";
import { viewCustomer } from "../../server/customers/overview/view-customer.ts";
import { readStanding } from "../../server/customers/portfolios/read-standing.ts";
import { listQualityWork } from "../../server/customers/quality/list-quality-work.ts";
import { readQuality } from "../../server/customers/quality/read-quality.ts";
import { refreshCustomers } from "../../server/customers/quality/refresh-store.ts";
import { listCircles } from "../../server/customers/relations/list-circles.ts";
import { listRelations } from "../../server/customers/relations/list-relations.ts";
import { listProposals } from "../../server/customers/relations/propose-circles.ts";
import { readOwnership } from "../../server/customers/relations/read-ownership.ts";
import { listDisputes } from "../../server/customers/values/list-disputes.ts";
import { record } from "../../server/governance/audit/index.ts";
import { listAuditEvents } from "../../server/governance/audit/list-events.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";
import { newId } from "../../server/platform/ids/index.ts";
import { type ActAs, type FrozenClock, test } from "../support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../support/given.ts";
import { givenClearance, givenCompartment, givenSeal, systemOperator } from "../support/given-seal.ts";

const sorts = ["name", "assets", "debts", "customerSince", "lastTransactionOn"] as const satisfies CustomerSort[];
const words = ["anna", "ana", "omar", "lopez", "haddad"] as const;

const condition: fc.Arbitrary<Filter["conditions"][number]> = fc.oneof(
  fc.record({ field: fc.constant("name" as const), operator: fc.constant("contains" as const), value: fc.constantFrom(...words) }),
  fc.record({
    field: fc.constant("kind" as const),
    operator: fc.constant("is" as const),
    value: fc.constantFrom("person", "organisation"),
  }),
  fc.record({
    field: fc.constant("assets" as const),
    operator: fc.constantFrom("at_least" as const, "at_most" as const),
    value: fc.integer({ min: 0, max: 9_000_000 }).map(String),
    currency: fc.constant("EUR"),
  }),
  fc.record({ field: fc.constant("phone" as const), operator: fc.constantFrom("is_known" as const, "is_unknown" as const) }),
  fc.record({
    field: fc.constant("holding" as const),
    operator: fc.constantFrom("has" as const, "has_not" as const),
    value: fc.constant("current_account" as const),
  }),
) as fc.Arbitrary<Filter["conditions"][number]>;

const plan = fc.record({
  seen: fc.array(fc.record({ first: fc.constantFrom(...words), assets: fc.bigInt({ min: 0n, max: 9_000_000n }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  sealed: fc.array(
    fc.record({
      first: fc.constantFrom(...words),
      assets: fc.bigInt({ min: 0n, max: 9_000_000n }),
      kinds: fc.subarray(["vip", "staff", "wall"] as const, { minLength: 1 }),
      own: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  filter: fc.record({
    match: fc.constantFrom("all" as const, "any" as const),
    conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
  }),
  sort: fc.constantFrom(...sorts),
  direction: fc.constantFrom("ascending" as const, "descending" as const),
  rows: fc.integer({ min: 1, max: 5 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

interface Asked {
  readonly as: ActAs;
  readonly clock: FrozenClock;
  readonly seen: readonly GivenCustomer[];
  readonly plan: Plan;
}

/** Everything the person may ask, as text: the audit trail's own rows of asking are left out, for they count up. */
async function everything(caller: Caller, { as, clock, seen, plan: { filter, sort, direction, rows } }: Asked): Promise<string> {
  const ask = (work: (tx: Tx) => Promise<unknown>) =>
    as(caller, work).catch((error: unknown) => {
      const code = (error as { code?: string }).code;
      if (code !== "not_allowed" && code !== "not_found" && code !== "invalid_state") throw error;
      return code;
    });
  const answers: unknown[] = [];
  let after: string | undefined;
  for (let page = 0; page < 12; page += 1) {
    const answer = (await ask((tx) => listCustomers(tx, caller, clock, { filter, sort, direction, rows, after }))) as {
      next?: string | null;
    };
    answers.push(answer);
    if (typeof answer !== "object" || answer.next == null) break;
    after = answer.next;
  }
  answers.push(await ask((tx) => listCustomers(tx, caller, clock, { sort, direction, rows: 50 })));
  answers.push(
    await ask((tx) => countCustomers(tx, caller, clock, filter)),
    await ask((tx) => countCustomers(tx, caller, clock, undefined)),
  );
  answers.push(await ask((tx) => readFilterChoices(tx, caller)), await ask((tx) => readStanding(tx, caller, clock)));
  for (const text of [...words, "an", "+34699", "Q77", "ES77", "hidden"])
    answers.push(await ask((tx) => searchCustomers(tx, caller, text, 3)));
  for (const { customerId } of seen) {
    answers.push(await ask((tx) => viewCustomer(tx, caller, customerId)), await ask((tx) => listRelations(tx, caller, clock, customerId)));
    answers.push(
      await ask((tx) => listCircles(tx, caller, clock, customerId)),
      await ask((tx) => readOwnership(tx, caller, clock, customerId, 0.1)),
    );
    answers.push(await ask((tx) => listProposals(tx, caller, clock, customerId)), await ask((tx) => readIdentity(tx, caller, customerId)));
    answers.push(await ask((tx) => listTransactions(tx, caller, customerId, { rows: 50 })));
    const past = (await ask((tx) => viewCustomerAsOf(tx, caller, clock, customerId, {}))) as object;
    answers.push(past);
  }
  answers.push(await ask((tx) => listDoubts(tx, caller, { later: true, limit: 50 })), await ask((tx) => readMatchingQuality(tx, caller)));
  answers.push(await ask((tx) => readQuality(tx, caller, {})));
  answers.push(await ask((tx) => listQualityWork(tx, caller, { dimension: "completeness", field: "email", rows: 50 })));
  answers.push(await ask((tx) => listQuarantine(tx, caller, {} as never)), await ask((tx) => listLoads(tx, caller, {} as never)));
  answers.push(await ask((tx) => listDisputes(tx, caller, { state: "open", limit: 50 })));
  answers.push(await ask((tx) => listAuditEvents(tx, caller, { action: "customer.v" })));
  const text = JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  return text.replaceAll(/"(knownAt|validAt|requestId|eventId|at|since)":"[^"]*"/g, "");
}

async function refreshFigures(tx: Tx, as: ActAs, operator: Caller): Promise<void> {
  await as(
    operator,
    async (own) => {
      const { rows } = await sql<{ id: string }>`select customer_id as id from customers.customer`.execute(own);
      await refreshCustomers(
        own,
        rows.map(({ id }) => id),
      );
    },
    { role: "worker" },
  );
  await sql`select 1`.execute(tx);
}

/** The hidden one tied to the seen one by everything there is: a relation, a household, an account, a doubt, an address, rows in quarantine. */
async function tie(tx: Tx, hidden: GivenCustomer, seen: GivenCustomer, operator: Caller): Promise<void> {
  const [a, b] = [hidden.partyId, seen.partyId].sort();
  await sql`insert into customers.party_relation (party_id, relation_id, other_party_id, kind, entered_by)
    values (${hidden.partyId}, ${newId()}, ${seen.partyId}, 'spouse', ${operator.userId})`.execute(tx);
  await sql`insert into customers.match_pair (party_id, other_party_id, bits, model_no, doubt, doubt_since) values (${a}, ${b}, 2, 0, 'weak', now())`.execute(
    tx,
  );
  const circleId = newId();
  await sql`insert into customers.circle (circle_id, kind, created_by) values (${circleId}, 'household', ${operator.userId})`.execute(tx);
  await sql`insert into customers.circle_member (party_id, member_id, circle_id, role, entered_by) values (${hidden.partyId}, ${newId()}, ${circleId}, 'head', ${operator.userId})`.execute(
    tx,
  );
  await sql`insert into customers.value_dispute (party_id, dispute_id, attribute, value, reason, disputed_by) values (${hidden.partyId}, ${newId()}, 'full_name', 'x', 'wrong', ${operator.userId})`.execute(
    tx,
  );
  await sql`insert into customers.quarantine (load_no, file_no, line_no, kind, source_key, reason, raw)
    select l.load_no, 0, 7, 'party', 'k', 'bad_value', jsonb_build_object('id', p.source_key, 'born', 'xx') from customers.load l, customers.party p where p.party_id = ${hidden.partyId}`.execute(
    tx,
  );
}

describe("AC-20: a sealed customer does not exist for people without clearance", () => {
  test("what they see is the same to the byte whether it is there or not: lists, filters, orders, pages, counts, searches, figures, relations, doubts, work, trail", {
    timeout: 300_000,
  }, async ({ tx, as, clock }) => {
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        await sql`savepoint run`.execute(tx);
        try {
          const bank = await bankUnit(tx);
          const branch = await givenUnit(tx, "branch", bank);
          const people = [
            await givenPerson(tx, "relationship_manager", branch),
            await givenPerson(tx, "branch_manager", branch),
            await givenPerson(tx, "analyst", bank),
            await givenPerson(tx, "data_steward", bank),
            await givenPerson(tx, "auditor", bank),
          ];
          const operator = systemOperator;
          const portfolioId = await givenPortfolio(tx, branch, people[0] ?? null);
          await sql`insert into customers.mapping (name, version, source_code, body, sha256, created_by) values ('m', 1, 'given', '', '\\x00', ${operator.userId})`.execute(
            tx,
          );
          const seen: GivenCustomer[] = [];
          for (const [place, { first, assets }] of drawn.seen.entries())
            seen.push(await givenCustomer(tx, { fullName: `${first} seen ${place}`, branch, portfolioId, assetsMinor: assets }));
          await sql`insert into customers.load (load_id, load_no, source_id, mapping_id, files, state, started_by)
          select ${newId()}, 1, (select source_id from customers.source limit 1), (select mapping_id from customers.mapping limit 1), '[]', 'done', ${operator.userId}`.execute(
            tx,
          );
          await refreshFigures(tx, as, operator);
          const asked = { as, clock, seen, plan: drawn };
          const before: string[] = [];
          for (const person of people) before.push(await everything(person, asked));
          const all = {
            vip: await givenCompartment(tx, "vip"),
            staff: await givenCompartment(tx, "staff"),
            wall: await givenCompartment(tx, "wall"),
          };
          const traces = ["hidden", "699777555", "7755331"];
          for (const { first, assets, kinds, own } of drawn.sealed) {
            const hidden = await givenCustomer(tx, {
              fullName: `${first} hidden`,
              branch,
              portfolioId: own ? portfolioId : null,
              assetsMinor: assets,
              phone: "+34699777555",
              nationalId: "Q7755331",
              accountNumber: `ES77${newId().slice(-12)}`,
            });
            traces.push(hidden.customerId, hidden.partyId, hidden.holdingId);
            const first_ = seen[0];
            if (first_ !== undefined) await tie(tx, hidden, first_, operator);
            for (const kind of kinds) await givenSeal(tx, hidden, all[kind]);
            await as(
              operator,
              (own_) =>
                record(own_, { caller: operator, action: "customer.viewed", subjectKind: "customer", subjectIds: [hidden.customerId] }),
              { role: "worker" },
            );
          }
          await refreshFigures(tx, as, operator);
          for (const [place, person] of people.entries()) {
            const now = await everything(person, asked);
            // Asking itself is on the trail: only what was there before is compared there.
            expect(withoutTrail(now), [...person.permissions].join()).toEqual(withoutTrail(before[place] ?? ""));
            for (const trace of traces) expect(now).not.toContain(trace);
          }
        } finally {
          await sql`rollback to savepoint run`.execute(tx);
        }
      }),
      { numRuns: 2 },
    );
  });

  test("it takes nobody's place among the first that a search finds", async ({ tx, as }) => {
    const bank = await bankUnit(tx);
    const branch = await givenUnit(tx, "branch", bank);
    const vip = await givenCompartment(tx, "vip");
    const [analyst, manager] = [await givenPerson(tx, "analyst", bank), await givenPerson(tx, "branch_manager", branch)];
    for (let n = 0; n < 20; n += 1) await givenSeal(tx, await givenCustomer(tx, { fullName: "quince hidden", branch }), vip);
    const seen = await givenCustomer(tx, { fullName: "quince seen", branch });
    for (const caller of [analyst, manager]) {
      const { rows } = await as(caller, (own) =>
        sql<{ id: string }>`select customer_id as id from customers.find_customers('quince', 1)`.execute(own),
      );
      expect(rows).toEqual([{ id: seen.customerId }]);
    }
  });

  test("with clearance for all its compartments it is there again, and no longer from the moment a clearance ends", async ({ tx, as }) => {
    const branch = await givenUnit(tx, "branch", null);
    const caller = await givenPerson(tx, "branch_manager", branch);
    const customer = await givenCustomer(tx, { branch });
    const [vip, wall] = [await givenCompartment(tx, "vip"), await givenCompartment(tx, "wall")];
    await givenSeal(tx, customer, vip);
    await givenSeal(tx, customer, wall);
    const look = () => as(caller, (own) => viewCustomer(own, caller, customer.customerId));
    await givenClearance(tx, caller, vip);
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
    await givenClearance(tx, caller, wall);
    expect((await look()).customer.customerId).toBe(customer.customerId);
    await sql`update governance.clearance set ended_at = now(), ended_by = given_by where compartment_id = ${vip}`.execute(tx);
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
  });
});

function withoutTrail(text: string): string {
  return text.replace(/,\{"events":.*$/s, "");
}
