import type { Bank } from "../bank.ts";
import { type Customer, toGrain } from "../customer.ts";
import { everydayName } from "../people.ts";
import { Random } from "../random.ts";
import { noteBusinessLife } from "./business.ts";
import { Diary } from "./diary.ts";
import { type Fate, fateOf } from "./fate.ts";
import { holdingsOf, type Needs, needsOf } from "./holdings.ts";
import { type Account, openAccount, runLedger } from "./ledger.ts";
import { noteOccasions } from "./occasions.ts";
import type { Pair } from "./pair.ts";
import { notePersonalLife } from "./person.ts";
import { noteFraud, noteLeaving, noteProducts, openingBalance } from "./products.ts";

/** A customer's holdings with everything that moved on them, and what will have been true of the customer. */
export interface Life {
  readonly fate: Fate;
  readonly needs: Needs;
  readonly accounts: readonly Account[];
}

/** Plays the history of two neighbours, who may pay each other. */
export function livePair(bank: Bank, customers: readonly Customer[], pair: Pair): readonly Life[] {
  const lives = customers.map((customer) => {
    const fate = fateOf(bank, customer);
    const needs = needsOf(bank, customer, fate);
    const random = new Random(bank.seed, customer.index, 22);
    const accounts = holdingsOf(bank, customer, needs).map((holding) =>
      openAccount(holding, toGrain(openingBalance(random, customer, holding, bank.firstDay), holding.currency === "IRR" ? 100_000 : 1)),
    );
    return { customer, life: { fate, needs, accounts }, random };
  });
  for (const [place, { customer, life, random }] of lives.entries()) {
    const diary = new Diary(bank, customer, life.fate, random, life.accounts);
    if (customer.kind === "person") {
      notePersonalLife(diary, customer);
    } else {
      noteBusinessLife(diary, customer);
    }
    noteProducts(diary);
    noteOccasions(diary);
    const other = lives[1 - place];
    if (other !== undefined) {
      notePairTransfers(diary, pair, place === 0, other.customer, other.life.accounts);
    }
    noteFraud(diary);
    noteLeaving(diary);
    runLedger(life.accounts, diary.intents);
  }
  return lives.map(({ life }) => life);
}

// Both sides must happen or neither would add up, so these may overdraw.
function notePairTransfers(diary: Diary, pair: Pair, isFirst: boolean, other: Customer, otherAccounts: readonly Account[]): void {
  const own = diary.accounts[0];
  const theirs = otherAccounts[0];
  if (own?.holding.kind !== "current_account" || theirs?.holding.kind !== "current_account") {
    return;
  }
  const name = other.kind === "person" ? everydayName(other.name) : other.company.short;
  for (const { day, fromFirst, amountMinor } of pair.transfers) {
    diary.note(day, 0, fromFirst === isFirst ? -amountMinor : amountMinor, {
      category: "transfer",
      channel: "mobile",
      counterparty: name,
      account: theirs.holding.number,
      must: true,
    });
  }
}
