import type { Bank } from "../bank.ts";
import type { Customer } from "../customer.ts";
import type { Random } from "../random.ts";
import type { Fate } from "./fate.ts";
import type { Account, Intent } from "./ledger.ts";
import { statementText } from "./merchants.ts";

type What = Pick<Intent, "category" | "channel"> & Partial<Pick<Intent, "act" | "into" | "counterparty" | "account" | "must" | "text">>;

/** Collects what a customer intends to do. */
export class Diary {
  readonly intents: Intent[] = [];
  readonly bank: Bank;
  readonly customer: Customer;
  readonly fate: Fate;
  readonly random: Random;
  readonly accounts: readonly Account[];

  constructor(bank: Bank, customer: Customer, fate: Fate, random: Random, accounts: readonly Account[]) {
    this.bank = bank;
    this.customer = customer;
    this.fate = fate;
    this.random = random;
    this.accounts = accounts;
  }

  /** Notes an intent; days outside the history are passed over. */
  note(day: number, holding: number, amountMinor: number, what: What): void {
    const { category, channel } = what;
    if (day < this.bank.firstDay || day > this.bank.lastDay) {
      return;
    }
    const unit =
      (this.accounts[holding] ?? this.accounts[what.into ?? -1])?.holding.currency === "IRR" && what.act !== "card_payment" ? 100_000 : 1;
    this.intents.push({
      day,
      act: what.act ?? "post",
      holding,
      into: what.into ?? -1,
      amountMinor: Math.round(amountMinor / unit) * unit,
      category,
      channel,
      counterparty: what.counterparty ?? "",
      account: what.account ?? "",
      text: what.text ?? statementText(this.customer.market.language, category),
      must: what.must ?? false,
    });
  }

  /** How much of the usual life still runs through this bank: 1, falling to 0.1 while a customer is leaving. */
  presence(day: number): number {
    const { fadesFrom, leavesOn, dormant } = this.fate;
    if (dormant) {
      return 0.03;
    }
    if (fadesFrom === undefined || leavesOn === undefined || day < fadesFrom) {
      return 1;
    }
    return day >= leavesOn ? 0 : Math.max(0.1, 1 - (day - fadesFrom) / (leavesOn - fadesFrom));
  }

  /** Place of the first holding that fits, or -1. */
  find(fits: (account: Account) => boolean): number {
    return this.accounts.findIndex(fits);
  }
}
