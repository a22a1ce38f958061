import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import type { SaidConsent } from "./contract.ts";
import { CLAIMED_MAX, claimContact, claimContacts, mayContact, mayProfile } from "./index.ts";
import { readConsents } from "./read-consents.ts";
import { recordConsent } from "./record-consent.ts";

const text = { version: 1, locale: "en" } as const;
const given = { purpose: "marketing", channel: "email", act: "given", text, obtainedBy: "branch" } as const;
const byEmail = ({ customerId }: Pick<GivenCustomer, "customerId">) => ({ customerId, purpose: "marketing", channel: "email" }) as const;

async function move(tx: Tx, { partyId }: GivenCustomer, to: Pick<GivenCustomer, "customerId">): Promise<void> {
  await sql`update customers.party set customer_id = ${to.customerId} where party_id = ${partyId}`.execute(tx);
}

async function entries(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from customers.consent`.execute(tx);
  return rows[0]?.count ?? 0;
}

const withSayings = test.extend("say", ({ tx, as, clock }) => {
  let minutes = 0;
  return async (officer: Caller, customer: GivenCustomer, said: Omit<SaidConsent, "partyId" | "obtainedBy"> & Partial<SaidConsent>) => {
    minutes += 1;
    const happenedAt = new Date(Date.UTC(2026, 2, 1, 9, minutes)).toISOString();
    const { rows } = await sql<{ id: string }>`select customer_id as id from customers.party where party_id = ${customer.partyId}`.execute(
      tx,
    );
    return as(officer, (own) =>
      recordConsent(own, officer, clock, rows[0]?.id ?? "", { partyId: customer.partyId, obtainedBy: "branch", happenedAt, ...said }),
    );
  };
});

describe("what holds", () => {
  withSayings("marketing needs a consent for its channel; service and legal notices do not", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const customer = await givenCustomer(tx);
    const ask = (purpose: "marketing" | "service" | "legal", channel: "email" | "phone" = "email") =>
      as(officer, (own) => mayContact(own, { customerId: customer.customerId, purpose, channel }));
    expect(await ask("marketing")).toEqual({ allowed: false, refusals: [{ reason: "no_consent", partyId: null }] });
    expect([(await ask("service")).allowed, (await ask("legal")).allowed]).toEqual([true, true]);
    await say(officer, customer, given);
    expect([(await ask("marketing")).allowed, (await ask("marketing", "phone")).allowed]).toEqual([true, false]);
    await say(officer, customer, { purpose: "marketing", channel: "any", act: "withdrawn" });
    expect((await ask("marketing")).refusals).toEqual([{ reason: "withdrawn", partyId: customer.partyId }]);
    await say(officer, customer, given);
    expect((await ask("marketing")).allowed).toBe(true);
  });

  withSayings("asked for many at once it is what it is for each, and more than a batch is refused", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const [agreed, silent, withdrawn] = [await givenCustomer(tx), await givenCustomer(tx), await givenCustomer(tx)];
    for (const customer of [agreed, withdrawn]) await say(officer, customer, given);
    await say(officer, withdrawn, { purpose: "marketing", channel: "any", act: "withdrawn" });
    const customerIds = [agreed, silent, withdrawn, { customerId: crypto.randomUUID() }].map(({ customerId }) => customerId);
    const send = { purpose: "marketing", channel: "email" } as const;
    const [together, apart] = await as(
      officer,
      async (own) => {
        const refused = await claimContacts(own, { ...send, customerIds });
        const each = [];
        for (const customerId of customerIds)
          each.push((await claimContact(own, { ...send, customerId })).refusals.map(({ reason }) => reason));
        return [customerIds.map((customerId) => refused.get(customerId) ?? []), each];
      },
      { role: "worker" },
    );
    expect(together).toEqual(apart);
    expect(together?.slice(0, 3)).toEqual([[], ["no_consent"], ["withdrawn"]]);
    const tooMany = { ...send, customerIds: Array.from({ length: CLAIMED_MAX + 1 }, () => crypto.randomUUID()) };
    await expect(as(officer, (own) => claimContacts(own, tooMany), { role: "worker" })).rejects.toThrow(/batch/);
  });

  withSayings("what was said of one channel counts more than a consent to all of them", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const customer = await givenCustomer(tx);
    await say(officer, customer, { purpose: "marketing", channel: "email", act: "withdrawn" });
    await say(officer, customer, { ...given, channel: "any" });
    const allowed = async (channel: "email" | "phone") =>
      (await as(officer, (own) => mayContact(own, { ...byEmail(customer), channel }))).allowed;
    expect([await allowed("phone"), await allowed("email")]).toEqual([true, false]);
  });

  withSayings("a letter that was older than the last word changes nothing, whenever it is typed in", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const customer = await givenCustomer(tx);
    await say(officer, customer, given);
    await say(officer, customer, { purpose: "marketing", channel: "email", act: "withdrawn", happenedAt: "2026-01-01T00:00:00Z" });
    expect((await as(officer, (own) => mayContact(own, byEmail(customer)))).allowed).toBe(true);
  });

  withSayings(
    "an objection to direct marketing stands above any basis; one to profiling ends profiling until it is lifted",
    async ({ tx, as, say }) => {
      const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
      const customer = await givenCustomer(tx);
      await say(officer, customer, { purpose: "marketing", channel: "any", act: "basis", lawfulBasis: "contract" });
      expect((await as(officer, (own) => mayContact(own, byEmail(customer)))).allowed).toBe(true);
      await say(officer, customer, { purpose: "marketing", channel: "any", act: "objected" });
      expect((await as(officer, (own) => mayContact(own, byEmail(customer)))).refusals).toMatchObject([{ reason: "objected" }]);
      const profiled = () => as(officer, (own) => mayProfile(own, customer.customerId));
      const leftOut = async () =>
        (await as(officer, (own) => sql<{ id: string }>`select customers.not_profiled() as id`.execute(own))).rows.map(({ id }) => id);
      expect([(await profiled()).allowed, await leftOut()]).toEqual([true, []]);
      await say(officer, customer, { purpose: "profiling", channel: "any", act: "objected" });
      expect([(await profiled()).allowed, await leftOut()]).toEqual([false, [customer.customerId]]);
      await say(officer, customer, { purpose: "profiling", channel: "any", act: "objection_lifted" });
      expect([(await profiled()).allowed, await leftOut()]).toEqual([true, []]);
    },
  );

  withSayings("nobody is written to after their death but for what the law orders", async ({ tx, as }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const customer = await givenCustomer(tx);
    await sql`update customers.customer set deceased_on = '2026-01-01' where customer_id = ${customer.customerId}`.execute(tx);
    const reasons = async (purpose: "service" | "legal") =>
      (await as(officer, (own) => mayContact(own, { ...byEmail(customer), purpose }))).refusals.map(({ reason }) => reason);
    expect([await reasons("service"), await reasons("legal")]).toEqual([["deceased"], []]);
  });
});

describe("joined records", () => {
  withSayings(
    "the stricter counts while they are joined, whichever was said later, and each has its own back when they part",
    async ({ tx, as, say }) => {
      const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
      const [strict, open] = [await givenCustomer(tx), await givenCustomer(tx)];
      const allowed = async (of: GivenCustomer) => (await as(officer, (own) => mayContact(own, byEmail(of)))).allowed;
      await say(officer, strict, { purpose: "marketing", channel: "email", act: "withdrawn" });
      await say(officer, open, given);
      expect([await allowed(strict), await allowed(open)]).toEqual([false, true]);
      await move(tx, strict, open);
      expect(await as(officer, (own) => mayContact(own, byEmail(open)))).toEqual({
        allowed: false,
        refusals: [{ reason: "withdrawn", partyId: strict.partyId }],
      });
      await say(officer, open, given);
      expect(await allowed(open)).toBe(false);
      await move(tx, strict, strict);
      expect([await allowed(strict), await allowed(open)]).toEqual([false, true]);
    },
  );

  withSayings("a consent does not wander: the side it was not given on has none when they part", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const [one, other] = [await givenCustomer(tx), await givenCustomer(tx)];
    await move(tx, one, other);
    await say(officer, one, given);
    const allowed = async (of: GivenCustomer) => (await as(officer, (own) => mayContact(own, byEmail(of)))).allowed;
    expect(await allowed(other)).toBe(true);
    await move(tx, one, one);
    expect([await allowed(one), await allowed(other)]).toEqual([true, false]);
  });

  withSayings("where one record needs consent, the customer does", async ({ tx, as, say }) => {
    const officer = await givenPerson(tx, "privacy_officer", await bankUnit(tx));
    const [one, other] = [await givenCustomer(tx), await givenCustomer(tx)];
    await say(officer, one, { purpose: "research", channel: "any", act: "basis", lawfulBasis: "legitimate_interest" });
    const asked = (of: GivenCustomer) => as(officer, (own) => mayContact(own, { ...byEmail(of), purpose: "research" }));
    expect((await asked(one)).allowed).toBe(true);
    await move(tx, one, other);
    expect((await asked(other)).refusals).toMatchObject([{ reason: "no_consent" }]);
  });
});

describe("who may record", () => {
  withSayings(
    "a relationship manager records for customers in reach; a hidden one is not found, and nothing is written",
    async ({ tx, as, clock, say }) => {
      const [here, elsewhere] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
      const manager = await givenPerson(tx, "relationship_manager", here);
      const [seen, hidden] = [await givenCustomer(tx, { branch: here }), await givenCustomer(tx, { branch: elsewhere })];
      await say(manager, seen, given);
      const view = await as(manager, (own) => readConsents(own, manager, seen.customerId));
      expect(view.history).toMatchObject([{ act: "given", purpose: "marketing", recordedByName: manager.displayName }]);
      const before = await entries(tx);
      await expect(say(manager, hidden, given)).rejects.toMatchObject({ code: "not_found" });
      await expect(as(manager, (own) => readConsents(own, manager, hidden.customerId))).rejects.toMatchObject({ code: "not_found" });
      // The record of another customer, under the id of one's own.
      await expect(
        as(manager, (own) => recordConsent(own, manager, clock, seen.customerId, { ...given, partyId: hidden.partyId })),
      ).rejects.toMatchObject({ code: "not_found" });
      expect((await as(manager, (own) => mayContact(own, byEmail(hidden)))).refusals).toEqual([
        { reason: "unknown_customer", partyId: null },
      ]);
      expect(await entries(tx)).toBe(before);
    },
  );

  withSayings(
    "past the verbs neither: not in another's name, not without the right, and nothing is ever changed or deleted",
    async ({ tx, as, say }) => {
      const bank = await bankUnit(tx);
      const [officer, analyst] = [await givenPerson(tx, "privacy_officer", bank), await givenPerson(tx, "analyst", bank)];
      const manager = await givenPerson(tx, "branch_manager", bank);
      const customer = await givenCustomer(tx);
      await say(officer, customer, { purpose: "marketing", channel: "any", act: "objected" });
      const insert = (who: Caller, by: Caller, act = "objection_lifted", basis: string | null = null) =>
        as(who, (own) =>
          sql`insert into customers.consent (party_id, purpose, channel, act, lawful_basis, happened_at, obtained_by, recorded_by)
          values (${customer.partyId}, 'marketing', 'any', ${act}, ${basis}, '2026-03-01', 'branch', ${by.userId})`.execute(own),
        );
      for (const attempt of [
        () => insert(analyst, analyst),
        () => insert(manager, officer),
        () => insert(manager, manager, "basis", "contract"),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: "42501" });
      for (const role of ["app", "worker"] as const)
        for (const change of [sql`update customers.consent set act = 'objection_lifted'`, sql`delete from customers.consent`])
          await expect(as(officer, (own) => change.execute(own), { role })).rejects.toMatchObject({ code: "42501" });
      await expect(
        say(manager, customer, { purpose: "marketing", channel: "any", act: "basis", lawfulBasis: "contract" }),
      ).rejects.toMatchObject({
        code: "not_allowed",
      });
      expect(await entries(tx)).toBe(1);
    },
  );
});

test("a withdrawal waits for who is sending; who claims after it is refused", async ({ db, admin, clock }) => {
  const { officer, customer } = await admin.transaction().execute(async (tx) => ({
    officer: await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
    customer: await givenCustomer(tx),
  }));
  const say = (said: Omit<SaidConsent, "partyId">) =>
    inTransaction(db, officer, (tx) => recordConsent(tx, officer, clock, customer.customerId, { partyId: customer.partyId, ...said }));
  await say(given);
  const order: string[] = [];
  let withdrawing: Promise<unknown> = Promise.resolve();
  await inTransaction(
    db,
    officer,
    async (tx) => {
      expect((await claimContact(tx, byEmail(customer))).allowed).toBe(true);
      withdrawing = say({
        purpose: "marketing",
        channel: "email",
        act: "withdrawn",
        obtainedBy: "phone",
        happenedAt: "2026-03-15T09:30:30Z",
      }).then(() => order.push("withdrawn"));
      // Until the withdrawal waits for us.
      for (let waiting = 0; waiting === 0; ) {
        const { rows } = await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          admin,
        );
        waiting = rows.length;
      }
      order.push("sent");
    },
    { role: "worker" },
  );
  await withdrawing;
  expect(order).toEqual(["sent", "withdrawn"]);
  const after = await inTransaction(db, officer, (tx) => claimContact(tx, byEmail(customer)), { role: "worker" });
  expect(after.refusals).toMatchObject([{ reason: "withdrawn" }]);
});
