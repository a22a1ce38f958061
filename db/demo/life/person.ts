import type { Person } from "../customer.ts";
import { gregorian } from "../dates.ts";
import { accountNumber } from "../identifiers.ts";
import { Weighted } from "../random.ts";
import type { Diary } from "./diary.ts";
import { type Channel, merchants, spending } from "./merchants.ts";
import { payDay, purchaseDay, season } from "./rhythm.ts";

interface Habits {
  readonly current: number; // places of holdings, or -1
  readonly creditCard: number;
  readonly savings: number;
  readonly rents: boolean;
  readonly level: number; // income against the median of the country
  readonly otherBank: string; // own account elsewhere
  readonly utilityMonths: number; // 0 even months, 1 odd, 2 none
  readonly savesShare: number;
  readonly purchasesAMonth: number;
}

/** A person's income, bills, purchases and savings, month by month. */
export function notePersonalLife(diary: Diary, person: Person): void {
  const habits = habitsOf(diary, person);
  const starts = diary.bank.monthStarts;
  for (const [month, start] of starts.entries()) {
    const days = (starts[month + 1] ?? diary.bank.lastDay + 1) - start;
    if (habits.current >= 0) {
      noteIncome(diary, person, habits, start);
      noteBills(diary, person, habits, start, month);
      noteTransfers(diary, person, habits, start, days);
    }
    notePurchases(diary, person, habits, start, days);
  }
}

function habitsOf(diary: Diary, person: Person): Habits {
  const { random } = diary;
  const level = person.monthlyMinor / person.market.salaryMinor;
  const main = person.mainBank ? 1.35 : 0.55;
  return {
    current: diary.find(({ holding }) => holding.kind === "current_account"),
    creditCard: diary.find(({ holding }) => holding.credit),
    savings: diary.find(({ holding }) => holding.kind === "savings_account"),
    rents: person.mainBank && random.chance(0.5) && diary.find(({ holding }) => holding.kind === "mortgage") < 0,
    level,
    otherBank: accountNumber(person.market.country, String(9_000_000_000 + random.int(0, 999_999_999))),
    utilityMonths: person.mainBank ? random.int(0, 1) : 2,
    savesShare: Math.max(0.03, 0.12 + 0.05 * person.drives.thrift),
    purchasesAMonth: main * random.around(1, 0.35) * level ** 0.25 * diary.bank.purchases,
  };
}

/** Pay goes up a little each January, in Iran each spring and by much more. */
function raise(person: Person, day: number): number {
  const date = gregorian.compact(day);
  const year = Number(date.slice(0, 4)) - 2020;
  return person.market.country === "IR" ? 1.22 ** (year - 6 + (date.slice(4) > "0320" ? 1 : 0)) : 1.03 ** (year - 6);
}

function noteIncome(diary: Diary, person: Person, habits: Habits, start: number): void {
  const { random, fate } = diary;
  const pay = payDay(start, person.market);
  const amount = person.monthlyMinor * raise(person, pay);
  if (person.mainBank) {
    const unemployed = fate.losesJobOn !== undefined && pay > fate.losesJobOn && pay < (fate.findsJobOn ?? Number.POSITIVE_INFINITY);
    const elsewhere = fate.fadesFrom !== undefined && pay > fate.fadesFrom + 20;
    const category = person.segment === "student" ? "allowance" : person.employer === undefined ? "pension" : "salary";
    if (!unemployed && !elsewhere) {
      diary.note(pay, habits.current, amount, { category, channel: "bank", counterparty: person.employer ?? "", must: true });
    } else if (unemployed && random.chance(0.4)) {
      diary.note(pay, habits.current, amount * 0.35, { category: "allowance", channel: "bank", must: true });
    }
    return;
  }
  // Salary goes to another bank: from there comes what is spent here.
  if (random.chance(0.34 * diary.presence(pay))) {
    diary.note(pay + random.int(0, 4), habits.current, amount * random.around(0.16, 0.4), {
      category: "transfer",
      channel: "bank",
      account: habits.otherBank,
    });
  }
}

function noteBills(diary: Diary, person: Person, habits: Habits, start: number, month: number): void {
  const { random } = diary;
  const { language, salaryMinor } = person.market;
  const presence = diary.presence(start);
  if (habits.rents && presence > 0.4) {
    const raised = raise(person, start);
    diary.note(start + 2, habits.current, -Math.round(person.monthlyMinor * raised * 0.28), {
      category: "rent",
      channel: "standing_order",
      counterparty: merchants(language, "rent")[0] ?? "",
    });
  }
  if (month % 2 === habits.utilityMonths && random.chance(presence)) {
    const cold = /^(12|01|02|07|08)/.test(gregorian.compact(start).slice(4, 6)) ? 1.4 : 1;
    diary.note(start + 11, habits.current, -salaryMinor * 0.045 * cold * random.around(1, 0.2), {
      category: "utilities",
      channel: "direct_debit",
      counterparty: random.pick(merchants(language, "utilities")),
    });
  }
  if (person.mainBank && month % 3 === 0 && random.chance(presence)) {
    diary.note(start + 17, habits.current, -salaryMinor * 0.028 * random.around(1, 0.15), {
      category: "telecom",
      channel: "direct_debit",
      counterparty: merchants(language, "telecom")[0] ?? "",
    });
  }
}

function noteTransfers(diary: Diary, person: Person, habits: Habits, start: number, days: number): void {
  const { random } = diary;
  const { market, monthlyMinor } = person;
  const presence = diary.presence(start);
  const channel: Channel = random.chance(0.5 + 0.15 * person.drives.digital) ? "mobile" : "branch";
  const someDay = () => start + random.int(0, days - 1);
  if (random.chance(0.24 * presence)) {
    const cash = Math.max(1, Math.round((market.salaryMinor * random.around(0.06, 0.5)) / market.grainMinor)) * market.grainMinor;
    diary.note(someDay(), habits.current, -cash, { category: "cash", channel: random.chance(0.85) ? "atm" : "branch" });
  }
  if (person.mainBank && random.chance(0.36)) {
    diary.note(someDay(), habits.current, -monthlyMinor * raise(person, start) * random.around(0.3, 0.3), {
      category: "transfer",
      channel,
      account: habits.otherBank,
    });
  }
  if (person.nationality !== market.country && random.chance(0.3 * presence)) {
    diary.note(someDay(), habits.current, -monthlyMinor * random.around(0.15, 0.3), {
      category: "remittance",
      channel,
      account: accountNumber(person.nationality, String(8_000_000_000 + person.index)),
    });
  }
  if (habits.savings >= 0 && random.chance(0.45 * presence)) {
    diary.note(payDay(start, market) + 2, habits.current, monthlyMinor * raise(person, start) * habits.savesShare, {
      category: "savings",
      channel: "standing_order",
      act: "move",
      into: habits.savings,
    });
  }
  // While leaving, money goes to the other bank in large pieces.
  if (presence < 1 && presence > 0 && !diary.fate.dormant && random.chance(0.5)) {
    diary.note(someDay(), habits.current, -monthlyMinor * random.around(0.7, 0.4), {
      category: "transfer",
      channel,
      account: habits.otherBank,
    });
  }
}

const atHome = new Weighted<Channel>([
  ["pos", 8],
  ["mobile", 2],
]);

function notePurchases(diary: Diary, person: Person, habits: Habits, start: number, days: number): void {
  const { random } = diary;
  const { market } = person;
  const byCard = habits.creditCard >= 0 ? (habits.current >= 0 ? 0.6 : 1) : 0;
  if (byCard === 0 && habits.current < 0) {
    return;
  }
  const mean = habits.purchasesAMonth * diary.presence(start + (days >> 1)) * season(start + (days >> 1), market.language);
  for (let left = random.count(mean); left > 0; left -= 1) {
    const kind = spending.pick(random);
    const travels = kind.category === "travel" ? 0.6 + 0.3 * person.drives.travel : 1;
    if (travels < 1 && !random.chance(Math.max(0, travels))) {
      continue;
    }
    const amount = market.salaryMinor * kind.share * habits.level ** 0.6 * random.around(1, 0.55);
    const unit = market.currency === "IRR" ? 1_000_000 : 5;
    const merchant = random.pick(merchants(market.language, kind.category));
    const day = purchaseDay(random, start, days, market, market.language);
    const channel: Channel = random.chance(kind.online * (1 + 0.3 * person.drives.digital)) ? "online" : atHome.pick(random);
    const holding = random.chance(byCard) ? habits.creditCard : habits.current;
    diary.note(day, holding, -Math.max(unit, Math.round(amount / unit) * unit), {
      category: kind.category,
      channel,
      counterparty: merchant,
      text: merchant,
    });
  }
}
