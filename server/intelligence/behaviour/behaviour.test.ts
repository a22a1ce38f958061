import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, deliveryOf, movementsHeader, nif } from "../../../tests/support/delivery.ts";
import { importDelivery } from "../../customers/intake/index.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { inTransaction, sql } from "../../platform/db/index.ts";
import { runRefresh } from "../refresh/index.ts";
import { readBehaviour } from "./read-behaviour.ts";

const MONTHS = 18;
const DAY = "2026-02-15";
const dayOf = (back: number) => new Date(Date.UTC(2026, 1 - back, 15)).toISOString().slice(0, 10);
/** What came in each month, oldest first; money that goes out is a fifth of it, and stops three months before the end. */
const received = Array.from({ length: MONTHS }, (_, at) => 1000 + (at % 5) * 10);

describe("behaviour of a customer", () => {
  test("is what was booked and what lay there, month by month; what stopped stands out; who objects has nothing ahead", async ({
    db,
    admin,
    clock,
  }) => {
    let balance = 0;
    const rows = received.flatMap((amount, at) => {
      const day = dayOf(MONTHS - 1 - at);
      const spent = at < MONTHS - 3 ? amount / 5 : 0;
      const came = `I${at},A1,${day},${amount.toFixed(2)},${(balance + amount).toFixed(2)},nomina`;
      balance += amount - spent;
      return spent === 0 ? [came] : [came, `O${at},A1,${day},${(-spent).toFixed(2)},${balance.toFixed(2)},pago`];
    });
    const files = {
      "clients.csv": [clientsHeader, `1,Ana Prueba,1980-01-01,B1,,${nif(1)}`, `2,Luz Nueva,1990-01-01,B1,,${nif(2)}`],
      "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"],
      "movements.csv": [movementsHeader, ...rows],
    };
    const caller = await operatorCaller(db);
    await importDelivery({ db, caller, ...deliveryOf(bankMapping("behaviour"), files) });
    clock.set(new Date("2026-03-05T08:00:00Z"));
    await runRefresh({ db, caller, clock, what: "rebuild" });
    const { rows: parties } = await sql<{ key: string; partyId: string; customerId: string }>`
      select source_key as key, party_id as "partyId", customer_id as "customerId" from customers.party order by 1`.execute(admin);
    const [ana, luz] = parties;
    const read = (id = "") => inTransaction(db, caller, (tx) => readBehaviour(tx, caller, id), { role: "worker" });

    const told = await read(ana?.customerId);
    expect(told.month).toBe(`${DAY.slice(0, 7)}-01`);
    expect(told.months.map(({ inMinor }) => Number(inMinor))).toEqual(received.map((amount) => amount * 100));
    expect(told.months.map(({ outMinor }) => Number(outMinor))).toEqual(received.map((amount, at) => (at < MONTHS - 3 ? amount * 20 : 0)));
    expect(told.months.at(-1)).toMatchObject({ bookings: 1, balanceMinor: BigInt(Math.round(balance * 100)) });
    expect(told.changes.map(({ measure }) => measure)).toContain("out_minor");
    expect(told.changes.map(({ measure }) => measure)).not.toContain("in_minor");
    expect(told.ahead?.moneyIn?.months[0]?.expected).toBeGreaterThan(90_000);
    expect(told.ahead?.moneyOut?.months.every(({ low }) => low >= 0)).toBe(true);

    expect(await read(luz?.customerId)).toMatchObject({ month: null, months: [], changes: [], ahead: { balance: null } });

    await sql`
      insert into customers.consent (party_id, purpose, channel, act, happened_at, obtained_by, recorded_by)
      values (${ana?.partyId}, 'profiling', 'any', 'objected', ${clock.now()}, 'branch', ${caller.userId})`.execute(admin);
    const objected = await read(ana?.customerId);
    expect(objected.ahead).toBeNull();
    expect(objected.months).toEqual(told.months);
    await expect(read("00000000-0000-7000-8000-00000000dead")).rejects.toMatchObject({ code: "not_found" });
  });
});
