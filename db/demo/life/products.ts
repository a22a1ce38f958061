import type { Customer } from "../customer.ts";
import { monthOf } from "../dates.ts";
import { accountNumber } from "../identifiers.ts";
import type { Random } from "../random.ts";
import type { Diary } from "./diary.ts";
import type { Holding } from "./holdings.ts";
import { fraudMerchants, merchants } from "./merchants.ts";

const FOREIGN_SUM_MINOR = 240_000; // dollars and euros: a usual sum whatever the money of the country

/** The balance a holding has before the history begins; 0 when it is opened later. */
export function openingBalance(random: Random, customer: Customer, holding: Holding, firstDay: number): number {
  const before = holding.openedDay < firstDay;
  const monthly = customer.monthlyMinor;
  const fund = random.around(1, 0.8);
  switch (holding.kind) {
    case "current_account":
      if (holding.productCode === "FXA") {
        return before ? Math.round(FOREIGN_SUM_MINOR * 1.5 * fund) : 0;
      }
      return before ? Math.round(monthly * (customer.mainBank ? 0.9 : 0.35) * fund) : 0;
    case "savings_account":
      return before ? Math.round(monthly * 2.5 * fund * Math.exp(0.4 * customer.drives.thrift)) : 0;
    case "term_deposit":
      return before && (holding.maturesDay ?? 0) >= firstDay ? (holding.amountMinor ?? 0) : 0;
    case "loan":
    case "mortgage": {
      const span = (holding.maturesDay ?? firstDay) - holding.openedDay;
      return before ? -Math.max(0, Math.round((holding.amountMinor ?? 0) * (1 - (firstDay - holding.openedDay) / Math.max(span, 1)))) : 0;
    }
    case "credit_line":
      return -Math.round((holding.amountMinor ?? 0) * Math.min(0.95, 0.3 * fund));
    case "card":
      return before && holding.credit ? -Math.round(Math.min((holding.amountMinor ?? 0) * 0.5, monthly * 0.2 * fund)) : 0;
    default:
      return 0;
  }
}

/** Instalments, card payments, interest, deposits coming and going, premiums, fund purchases. */
export function noteProducts(diary: Diary): void {
  const current = diary.find(({ holding }) => holding.kind === "current_account");
  const starts = diary.bank.monthStarts;
  for (const [place, { holding }] of diary.accounts.entries()) {
    switch (holding.kind) {
      case "current_account":
        if (holding.productCode === "FXA") {
          noteForeignMoney(diary, place);
        }
        break;
      case "savings_account":
        for (const start of starts) {
          if (monthOf(start) % 3 === 1) diary.note(start, place, 0, { category: "interest", channel: "bank", act: "interest" });
        }
        break;
      case "term_deposit":
        noteDeposit(diary, place, holding, current);
        break;
      case "loan":
      case "mortgage":
        notePayout(diary, place, holding, current);
        for (const start of starts) {
          noteInstalment(diary, place, holding, current, start);
        }
        break;
      case "card":
        if (holding.credit) {
          const share = diary.random.chance(0.7) ? 1000 : diary.random.int(60, 350);
          for (const start of starts) {
            diary.note(start + 20, diary.customer.mainBank ? current : -1, share, {
              category: "card_payment",
              channel: "direct_debit",
              act: "card_payment",
              into: place,
            });
          }
        }
        break;
      case "insurance":
        for (const [month, start] of starts.entries()) {
          if (month % 3 === place % 3 && start >= holding.openedDay && current >= 0 && diary.presence(start) > 0.4) {
            diary.note(start + 6, current, -diary.customer.market.salaryMinor * 0.05, {
              category: "insurance",
              channel: "direct_debit",
              counterparty: merchants(diary.customer.market.language, "insurance")[0] ?? "",
            });
          }
        }
        break;
      case "investment":
        if (current >= 0) {
          diary.note(holding.openedDay, current, -(holding.amountMinor ?? 0) * 0.2, {
            category: "investment",
            channel: "branch",
            account: holding.number,
          });
        }
        break;
      default:
        break;
    }
  }
}

function noteForeignMoney(diary: Diary, place: number): void {
  const { random, customer } = diary;
  for (const start of diary.bank.monthStarts) {
    if (random.chance(0.12 * diary.presence(start))) {
      diary.note(start + random.int(0, 27), place, FOREIGN_SUM_MINOR * random.around(0.5, 0.6), { category: "transfer", channel: "bank" });
    }
    if (random.chance((customer.kind === "person" ? 0.1 : 0.25) * diary.presence(start))) {
      diary.note(start + random.int(0, 27), place, -FOREIGN_SUM_MINOR * random.around(0.4, 0.6), {
        category: "remittance",
        channel: "online",
      });
    }
  }
}

function noteDeposit(diary: Diary, place: number, holding: Holding, current: number): void {
  // New deposits mostly bring fresh money from another bank: that is what they are sold for.
  diary.note(holding.openedDay, place, holding.amountMinor ?? 0, { category: "deposit", channel: "branch", must: true });
  if (holding.maturesDay !== undefined) {
    diary.note(holding.maturesDay, place, 0, { category: "deposit", channel: "bank", act: "mature", into: current });
  }
}

function notePayout(diary: Diary, place: number, holding: Holding, current: number): void {
  diary.note(holding.openedDay, place, -(holding.amountMinor ?? 0), { category: "loan_payout", channel: "branch", must: true });
  if (current >= 0 && holding.kind === "loan") {
    diary.note(holding.openedDay, current, holding.amountMinor ?? 0, {
      category: "loan_payout",
      channel: "branch",
      account: holding.number,
      must: true,
    });
    // What it was borrowed for: most of it is gone within days.
    diary.note(holding.openedDay + 3, current, -(holding.amountMinor ?? 0) * 0.9, { category: "transfer", channel: "branch" });
  }
}

function noteInstalment(diary: Diary, place: number, holding: Holding, current: number, start: number): void {
  const months = Math.max(1, Math.round(((holding.maturesDay ?? 0) - holding.openedDay) / 30));
  const rate = (holding.rate ?? 0) / 12;
  const annuity = ((holding.amountMinor ?? 0) * rate) / (1 - (1 + rate) ** -months);
  const due = start + 4;
  if (due < holding.openedDay + 20) {
    return;
  }
  // Whoever has the salary elsewhere pays from there. Short of money, every second month or so nothing comes.
  const { customer, fate } = diary;
  const strained = fate.strainedFrom !== undefined && due > fate.strainedFrom;
  const comes = diary.random.chance(strained ? 0.45 : 0.995);
  diary.note(due, customer.mainBank ? current : -1, annuity, {
    category: "loan_payment",
    channel: "direct_debit",
    act: comes ? "instalment" : "miss",
    into: place,
  });
}

/** Closing everything on the day of leaving, or emptying it in silence. */
export function noteLeaving(diary: Diary): void {
  const { leavesOn, silent } = diary.fate;
  if (leavesOn === undefined) {
    return;
  }
  const elsewhere = accountNumber(diary.customer.market.country, String(6_000_000_000 + diary.customer.index));
  for (const [place, { holding }] of diary.accounts.entries()) {
    if (holding.kind === "current_account" || holding.kind === "savings_account") {
      diary.note(leavesOn, place, 0, {
        category: "transfer",
        channel: silent ? "mobile" : "branch",
        act: silent ? "drain" : "close",
        account: elsewhere,
      });
    }
  }
}

/** Fraud: a burst of purchases within a day on a stolen card, or an account taken over and emptied to a new payee. */
export function noteFraud(diary: Diary): void {
  const { fraudOn, fraudKind } = diary.fate;
  const { random, customer } = diary;
  const current = diary.find(({ holding }) => holding.kind === "current_account");
  if (fraudOn === undefined || (current < 0 && fraudKind === "account_takeover")) {
    return;
  }
  if (fraudKind === "account_takeover") {
    const mule = accountNumber(customer.market.country, String(5_000_000_000 + random.int(0, 400)));
    for (let left = random.int(1, 3); left > 0; left -= 1) {
      diary.note(fraudOn, current, -customer.monthlyMinor * random.around(1.2, 0.4), {
        category: "transfer",
        channel: "mobile",
        act: "fraud",
        account: mule,
      });
    }
    return;
  }
  const creditCard = diary.find(({ holding }) => holding.credit);
  const place = creditCard >= 0 && random.chance(0.7) ? creditCard : current;
  for (let left = random.int(4, 9); left > 0 && place >= 0; left -= 1) {
    const merchant = random.pick(fraudMerchants);
    diary.note(fraudOn + (random.chance(0.7) ? 0 : 1), place, -customer.market.salaryMinor * random.around(0.09, 0.7), {
      category: "shopping",
      channel: "online",
      act: "fraud",
      counterparty: merchant,
      text: merchant,
    });
  }
}
