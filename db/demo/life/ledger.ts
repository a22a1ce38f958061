import type { Holding } from "./holdings.ts";
import type { Category, Channel } from "./merchants.ts";

/** Something that is to happen on a day; whether it does is decided by the balance then. */
export interface Intent {
  readonly day: number;
  readonly act: "post" | "move" | "instalment" | "miss" | "card_payment" | "interest" | "mature" | "close" | "drain" | "fraud";
  readonly holding: number; // place in the customer's list of holdings; -1: another bank
  readonly into: number; // the other holding of move, instalment, card_payment, mature; else -1
  readonly amountMinor: number; // signed for post; card_payment: share of the debt in thousandths
  readonly category: Category;
  readonly channel: Channel;
  readonly counterparty: string;
  readonly account: string;
  readonly text: string;
  readonly must: boolean; // happens even when it overdraws
}

/** Money that moved, with the balance after it. */
export interface Movement {
  readonly day: number;
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly category: Category;
  readonly channel: Channel;
  readonly counterparty: string;
  readonly account: string;
  readonly text: string;
  readonly fraud: boolean;
}

/** One holding's money over the history. */
export interface Account {
  readonly holding: Holding;
  readonly openingMinor: number; // before the first movement
  balanceMinor: number;
  missed: number; // loans: instalments overdue at the end
  closedDay: number | undefined;
  lastDay: number | undefined;
  readonly movements: Movement[];
}

export function openAccount(holding: Holding, openingMinor: number): Account {
  return { holding, openingMinor, balanceMinor: openingMinor, missed: 0, closedDay: undefined, lastDay: undefined, movements: [] };
}

/** Lets the intents happen, oldest first; those of one day in the order given. */
export function runLedger(accounts: readonly Account[], intents: Intent[]): void {
  intents.sort((a, b) => a.day - b.day);
  for (const intent of intents) {
    happen(accounts, intent);
  }
}

function happen(accounts: readonly Account[], intent: Intent): void {
  const account = accounts[intent.holding];
  const other = accounts[intent.into];
  if (!isOpenOn(account, intent.day) || !isOpenOn(other, intent.day)) {
    return;
  }
  switch (intent.act) {
    case "post":
      if (account !== undefined && affords(account, intent.amountMinor, intent.must)) {
        enter(account, intent, intent.amountMinor);
      }
      return;
    case "move":
      transfer(account, other, intent, intent.amountMinor, intent.must);
      return;
    case "instalment":
      if (other !== undefined) {
        payInstalment(account, other, intent);
      }
      return;
    case "miss":
      if (other !== undefined && other.balanceMinor < 0) {
        other.missed += 1;
      }
      return;
    case "card_payment":
      if (other !== undefined && other.balanceMinor < 0) {
        transfer(account, other, intent, Math.max(1, wholeUnits((-other.balanceMinor * intent.amountMinor) / 1000, other)), false);
      }
      return;
    case "interest": {
      const interest = account === undefined ? 0 : wholeUnits((account.balanceMinor * (account.holding.rate ?? 0)) / 4, account);
      if (account !== undefined && interest > 0) {
        enter(account, intent, interest);
      }
      return;
    }
    case "mature":
      mature(account, other, intent);
      return;
    case "close":
      if (account !== undefined) {
        close(account, intent);
      }
      return;
    case "drain":
      if (account !== undefined && account.balanceMinor > 100) {
        enter(account, intent, -wholeUnits(account.balanceMinor * 0.97, account));
      }
      return;
    case "fraud":
      if (account !== undefined) {
        const limit = account.balanceMinor + (account.holding.credit ? (account.holding.amountMinor ?? 0) : 0);
        const taken = Math.min(-intent.amountMinor, wholeUnits(limit * 0.6, account));
        if (taken > 0) {
          enter(account, intent, -taken);
        }
      }
      return;
  }
}

function isOpenOn(account: Account | undefined, day: number): boolean {
  return account === undefined || (account.closedDay === undefined && day >= account.holding.openedDay);
}

function affords(account: Account, amountMinor: number, must: boolean): boolean {
  const floor = account.holding.credit ? -(account.holding.amountMinor ?? 0) : 0;
  return amountMinor > 0 || must || account.balanceMinor + amountMinor >= floor;
}

function transfer(from: Account | undefined, to: Account | undefined, intent: Intent, amountMinor: number, must: boolean): void {
  if (from !== undefined && !affords(from, -amountMinor, must)) {
    return;
  }
  if (from !== undefined) {
    enter(from, intent, -amountMinor, to?.holding.number);
  }
  if (to !== undefined) {
    enter(to, intent, amountMinor, from?.holding.number);
  }
}

/** Pays what is due with the overdue, when there is money for it; else what is due alone; else one more is overdue. The loan falls by the part that is no interest. */
function payInstalment(from: Account | undefined, loan: Account, intent: Intent): void {
  const interest = wholeUnits((-loan.balanceMinor * (loan.holding.rate ?? 0)) / 12, loan);
  const principal = Math.min(Math.max(intent.amountMinor - interest, 1), -loan.balanceMinor);
  if (loan.balanceMinor >= 0) {
    return;
  }
  const all = 1 + loan.missed;
  for (const times of all > 1 ? [all, 1] : [1]) {
    const paid = (interest + principal) * times;
    if (from === undefined || affords(from, -paid, false)) {
      if (from !== undefined) {
        enter(from, intent, -paid, loan.holding.number);
      }
      enter(loan, intent, Math.min(principal * times, -loan.balanceMinor), from?.holding.number);
      loan.missed = times === all ? 0 : loan.missed;
      return;
    }
  }
  loan.missed += 1;
}

function mature(deposit: Account | undefined, into: Account | undefined, intent: Intent): void {
  if (deposit === undefined || deposit.balanceMinor <= 0) {
    return;
  }
  const { rate, openedDay } = deposit.holding;
  const interest = wholeUnits((deposit.balanceMinor * (rate ?? 0) * (intent.day - openedDay)) / 365, deposit);
  if (interest > 0) {
    enter(deposit, { ...intent, category: "interest" }, interest);
  }
  transfer(deposit, into, intent, deposit.balanceMinor, true);
  deposit.closedDay = intent.day;
}

// The rial has two minor digits on paper and none in life.
function wholeUnits(amountMinor: number, { holding }: Account): number {
  return holding.currency === "IRR" ? Math.round(amountMinor / 100_000) * 100_000 : Math.round(amountMinor);
}

/** Everything out, then closed. */
function close(account: Account, intent: Intent): void {
  if (account.balanceMinor > 0) {
    enter(account, intent, -account.balanceMinor);
  }
  if (account.balanceMinor === 0) {
    account.closedDay = intent.day;
  }
}

function enter(account: Account, intent: Intent, amountMinor: number, counterAccount?: string): void {
  account.balanceMinor += amountMinor;
  account.lastDay = intent.day;
  account.movements.push({
    day: intent.day,
    amountMinor,
    balanceMinor: account.balanceMinor,
    category: intent.category,
    channel: intent.channel,
    counterparty: intent.counterparty,
    account: counterAccount ?? intent.account,
    text: intent.text,
    fraud: intent.act === "fraud",
  });
}
