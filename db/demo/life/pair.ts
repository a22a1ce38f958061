import type { Bank } from "../bank.ts";
import type { Customer } from "../customer.ts";
import { Random } from "../random.ts";
import { fateOf } from "./fate.ts";

export type Relation = "spouses" | "friends" | "works_at" | "guarantor" | "none";

export interface PairTransfer {
  readonly day: number;
  readonly fromFirst: boolean;
  readonly amountMinor: number;
}

/** How two neighbours (numbers 2k and 2k + 1) stand to each other, and the money that goes between them: the same seen from either side. */
export interface Pair {
  readonly relation: Relation;
  readonly transfers: readonly PairTransfer[];
}

export function pairOf(bank: Bank, first: Customer, second: Customer | undefined): Pair {
  if (second === undefined) {
    return { relation: "none", transfers: [] };
  }
  const random = new Random(bank.seed, first.index >> 1, 30);
  const relation = relationOf(random, first, second);
  return { relation, transfers: transfersOf(bank, random, relation, first, second) };
}

function relationOf(random: Random, first: Customer, second: Customer): Relation {
  const draw = random.unit();
  if (first.kind === "organisation" && second.kind === "person") {
    return draw < 0.5 && second.employer !== undefined ? "works_at" : "none";
  }
  if (first.kind !== "person" || second.kind !== "person") {
    return draw < 0.2 ? "friends" : "none";
  }
  const yearsApart = Math.abs(first.bornDay - second.bornDay) / 365;
  const wed =
    first.name.female !== second.name.female &&
    first.marital === "married" &&
    second.marital === "married" &&
    first.language === second.language;
  if (wed && yearsApart < 14) {
    return "spouses";
  }
  return draw < 0.16 ? "friends" : draw < 0.2 ? "guarantor" : "none";
}

function transfersOf(bank: Bank, random: Random, relation: Relation, first: Customer, second: Customer): readonly PairTransfer[] {
  if (relation === "none" || relation === "works_at") {
    return [];
  }
  const from = Math.max(first.sinceDay, second.sinceDay, bank.firstDay) + 10;
  const until = Math.min(...[first, second].map((customer) => (fateOf(bank, customer).leavesOn ?? bank.lastDay + 200) - 160), bank.lastDay);
  const months = (until - from) / 30;
  const count = months < 1 ? 0 : random.count(months * (relation === "spouses" ? 0.3 : 0.12));
  const unit = first.market.grainMinor * 2;
  const size = Math.min(first.monthlyMinor, second.monthlyMinor) * (relation === "spouses" ? 0.22 : 0.08);
  return Array.from({ length: count }, () => ({
    day: random.int(from, until),
    fromFirst: random.chance(0.55),
    amountMinor: Math.max(1, Math.round((size * random.around(1, 0.5)) / unit)) * unit,
  }));
}
