import type { Bank } from "../bank.ts";
import { type Customer, makeCustomer } from "../customer.ts";
import type { Account } from "../life/ledger.ts";
import { type Life, livePair } from "../life/life.ts";
import { type Pair, pairOf } from "../life/pair.ts";
import { Random } from "../random.ts";
import { keyOf, type SourceCode } from "./party-view.ts";

/** All there is to tell about one customer; the sources take from it what they know. */
export interface Bundle {
  readonly bank: Bank;
  readonly customer: Customer;
  readonly life: Life;
  readonly relation: Pair["relation"];
  readonly isFirst: boolean;
  readonly neighbour: Neighbour | undefined;
  readonly knownTo: readonly SourceCode[];
  readonly twiceInCore: boolean;
}

export interface Neighbour {
  readonly customer: Customer;
  readonly life: Life;
  readonly knownTo: readonly SourceCode[];
}

/** Customers 2k and 2k + 1 with their lives. A pure function of bank and k. */
export function makeBundles(bank: Bank, pairIndex: number): readonly Bundle[] {
  const customers = [pairIndex * 2, pairIndex * 2 + 1].filter((index) => index < bank.customers).map((index) => makeCustomer(bank, index));
  const [first, second] = customers;
  if (first === undefined) {
    return [];
  }
  const pair = pairOf(bank, first, second);
  const settled = customers.map((customer, place) => settle(customer, place, first, pair));
  const lives = livePair(bank, settled, pair);
  const known = settled.map((customer, place) =>
    systemsOf(bank, customer, lives[place]?.accounts ?? [], pair.relation === "guarantor" && place === 1),
  );
  return settled.map((customer, place) => {
    const other = settled[1 - place];
    const otherLife = lives[1 - place];
    const otherKnown = known[1 - place];
    return {
      bank,
      customer,
      life: lives[place] as Life,
      relation: pair.relation,
      isFirst: place === 0,
      neighbour:
        other === undefined || otherLife === undefined || otherKnown === undefined
          ? undefined
          : { customer: other, life: otherLife, knownTo: otherKnown },
      knownTo: known[place] ?? [],
      twiceInCore:
        customer.kind === "person" && (known[place] ?? []).includes("core") && new Random(bank.seed, customer.index, 31).chance(0.015),
    };
  });
}

/** Spouses live at one address; who works at the neighbour's company is paid by it. */
function settle(customer: Customer, place: number, first: Customer, pair: Pair): Customer {
  if (place === 0) {
    return customer;
  }
  if (pair.relation === "spouses") {
    return { ...customer, address: first.address, landline: first.landline };
  }
  if (pair.relation === "works_at" && customer.kind === "person" && first.kind === "organisation") {
    return { ...customer, employer: first.company.short };
  }
  return customer;
}

function systemsOf(bank: Bank, customer: Customer, accounts: readonly Account[], guarantor: boolean): readonly SourceCode[] {
  const random = new Random(bank.seed, customer.index, 32);
  const systems = new Set<SourceCode>(accounts.map(({ holding }) => holding.source));
  if (guarantor) {
    systems.add("loans");
  }
  if (systems.size === 0 || random.chance(0.55)) {
    systems.add("crm");
  }
  return (["core", "cards", "loans", "crm", "wealth"] as const).filter((code) => systems.has(code));
}

/** The record of the customer's first copy in a system. */
export function partyKey(customer: Customer, source: SourceCode): string {
  return keyOf(source, customer.index, 0);
}

export type Status = "open" | "dormant" | "blocked" | "in_arrears" | "closed" | "defaulted";

/** How a holding stands on the last day. */
export function statusOf(bank: Bank, life: Life, account: Account): Status {
  const { fate } = life;
  const { holding } = account;
  if (account.closedDay !== undefined || (isDebt(account) && account.balanceMinor >= 0)) {
    return "closed";
  }
  if (holding.maturesDay !== undefined && holding.maturesDay <= bank.lastDay && holding.kind !== "loan" && holding.kind !== "mortgage") {
    return "closed";
  }
  if (fate.leavesOn !== undefined && !fate.silent && holding.kind !== "loan" && holding.kind !== "mortgage") {
    return "closed";
  }
  if (account.missed > 0) {
    return account.missed > 3 ? "defaulted" : "in_arrears";
  }
  if (fate.fraudOn !== undefined && bank.lastDay - fate.fraudOn < 45 && holding.kind === "card") {
    return "blocked";
  }
  return fate.dormant && (holding.kind === "current_account" || holding.kind === "savings_account") ? "dormant" : "open";
}

function isDebt({ holding }: Account): boolean {
  return holding.kind === "loan" || holding.kind === "mortgage";
}

export function closedDayOf(bank: Bank, life: Life, account: Account, status: Status): number | undefined {
  if (status !== "closed") {
    return undefined;
  }
  const { maturesDay } = account.holding;
  return Math.min(
    bank.lastDay,
    account.closedDay ??
      account.lastDay ??
      (maturesDay !== undefined && maturesDay <= bank.lastDay ? maturesDay : life.fate.leavesOn) ??
      bank.lastDay,
  );
}

/** A figure in minor units (two digits in all currencies of this bank) as major units with a decimal mark. */
export function major(amountMinor: number, mark: string): string {
  const size = Math.abs(amountMinor);
  const cents = size % 100;
  return `${amountMinor < 0 ? "-" : ""}${(size - cents) / 100}${mark}${cents < 10 ? "0" : ""}${cents}`;
}
