import type { Bank } from "../bank.ts";
import { type Customer, toGrain } from "../customer.ts";
import { accountNumber } from "../identifiers.ts";
import type { Language } from "../places.ts";
import { Random } from "../random.ts";
import type { Fate } from "./fate.ts";

export type HoldingKind =
  | "current_account"
  | "savings_account"
  | "term_deposit"
  | "loan"
  | "mortgage"
  | "credit_line"
  | "card"
  | "standing_order"
  | "investment"
  | "insurance";
export type HoldingSource = "core" | "cards" | "loans" | "wealth";

export interface Holding {
  readonly source: HoldingSource;
  readonly kind: HoldingKind;
  readonly key: string;
  readonly number: string;
  readonly productCode: string;
  readonly currency: string;
  readonly openedDay: number;
  readonly maturesDay: number | undefined;
  readonly amountMinor: number | undefined; // principal, limit or standing order
  readonly rate: number | undefined; // a year, as a fraction
  readonly credit: boolean; // cards: a credit card, which has a balance of its own
}

/** What a customer wants of a product, 0 to 1; whether and when it was bought follows from it. Kept in the ground truth. */
export type Needs = Readonly<
  Record<
    | "savings_account"
    | "term_deposit"
    | "credit_card"
    | "loan"
    | "mortgage"
    | "credit_line"
    | "investment"
    | "insurance"
    | "foreign_account",
    number
  >
>;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export function needsOf(bank: Bank, customer: Customer, fate: Fate): Needs {
  const { income, thrift, risk, digital, travel } = customer.drives;
  if (customer.kind === "organisation") {
    return {
      savings_account: sigmoid(thrift - 1.6),
      term_deposit: sigmoid(thrift + income - 2.2),
      credit_card: sigmoid(travel + income - 1.4),
      loan: sigmoid(income - thrift - 1.2),
      mortgage: 0,
      credit_line: sigmoid(1.2 * income - thrift - 0.6),
      investment: 0,
      insurance: sigmoid(income - 1.5),
      foreign_account: sigmoid(travel + income - 1.2),
    };
  }
  const age = (bank.lastDay - customer.bornDay) / 365.25;
  const family = customer.marital === "married" ? 0.7 : -0.4;
  const prime = age > 27 && age < 52 ? 0.9 : -1.3;
  const change = (fate.marriesOn !== undefined ? 0.8 : 0) + (fate.childOn !== undefined ? 0.9 : 0);
  return {
    savings_account: sigmoid(1.3 * thrift + 0.5 * income - 0.3),
    term_deposit: sigmoid(1.1 * thrift + 0.03 * (age - 50) - 1.7),
    credit_card: sigmoid(0.9 * income + 0.7 * digital + 0.6 * travel - 0.7),
    loan: sigmoid(-0.9 * thrift - 0.02 * (age - 35) + 0.3 * change - 1.5),
    mortgage: sigmoid(0.8 * income + family + prime + change - 2.4),
    credit_line: 0,
    investment: sigmoid(1.2 * risk + 1.1 * income - 2.2),
    insurance: sigmoid(family + 0.02 * (age - 40) + change - 1.5),
    foreign_account: sigmoid(1.4 * travel + 0.5 * income - 2.9),
  };
}

export const productNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  CUR: { ar: "حساب جارٍ", fa: "حساب جاری", zh: "活期账户", es: "Cuenta corriente", en: "Current account" },
  BUS: { ar: "حساب جارٍ للشركات", fa: "حساب جاری شرکتی", zh: "对公账户", es: "Cuenta empresas", en: "Business account" },
  FXA: { ar: "حساب عملة أجنبية", fa: "حساب ارزی", zh: "外币账户", es: "Cuenta en divisas", en: "Foreign currency account" },
  SAV: { ar: "حساب توفير", fa: "حساب پس‌انداز", zh: "储蓄账户", es: "Cuenta de ahorro", en: "Savings account" },
  TDP: { ar: "وديعة لأجل", fa: "سپرده بلندمدت", zh: "定期存款", es: "Depósito a plazo", en: "Term deposit" },
  STO: { ar: "أمر دفع مستديم", fa: "دستور پرداخت دوره‌ای", zh: "定期转账", es: "Orden permanente", en: "Standing order" },
  DEB: { ar: "بطاقة خصم", fa: "کارت بانکی", zh: "借记卡", es: "Tarjeta de débito", en: "Debit card" },
  CLA: {
    ar: "بطاقة ائتمان كلاسيكية",
    fa: "کارت اعتباری نقره‌ای",
    zh: "信用卡普卡",
    es: "Tarjeta de crédito clásica",
    en: "Credit card Classic",
  },
  GLD: { ar: "بطاقة ائتمان ذهبية", fa: "کارت اعتباری طلایی", zh: "信用卡金卡", es: "Tarjeta de crédito oro", en: "Credit card Gold" },
  PLN: { ar: "تمويل شخصي", fa: "وام شخصی", zh: "个人消费贷款", es: "Préstamo personal", en: "Personal loan" },
  BLN: { ar: "تمويل أعمال", fa: "تسهیلات سرمایه در گردش", zh: "经营贷款", es: "Préstamo empresa", en: "Business loan" },
  MOR: { ar: "تمويل عقاري", fa: "وام مسکن", zh: "住房贷款", es: "Hipoteca", en: "Mortgage" },
  CRL: { ar: "حد ائتماني", fa: "خط اعتباری", zh: "授信额度", es: "Línea de crédito", en: "Credit line" },
  FND: { ar: "صندوق استثماري", fa: "صندوق سرمایه‌گذاری", zh: "投资基金", es: "Fondo de inversión", en: "Investment fund" },
  LIF: { ar: "تأمين على الحياة", fa: "بیمه عمر", zh: "人寿保险", es: "Seguro de vida", en: "Life insurance" },
  HOM: { ar: "تأمين المنزل", fa: "بیمه آتش‌سوزی منزل", zh: "家庭财产保险", es: "Seguro de hogar", en: "Home insurance" },
};

export function productName(productCode: string, language: Language): string {
  return productNames[productCode]?.[language] ?? productCode;
}

type Add = (source: HoldingSource, kind: HoldingKind, productCode: string, openedDay: number, terms?: Terms) => void;
type Terms = Partial<Pick<Holding, "currency" | "maturesDay" | "amountMinor" | "rate" | "credit">>;

/** Everything the customer holds or has held, in the order of keys. The first current account, where there is one, comes first. */
export function holdingsOf(bank: Bank, customer: Customer, needs: Needs): readonly Holding[] {
  const random = new Random(bank.seed, customer.index, 21);
  const { market, sinceDay, monthlyMinor: monthly } = customer;
  const holdings: Holding[] = [];
  const person = customer.kind === "person";
  const add: Add = (source, kind, productCode, openedDay, terms = {}) => {
    const serial = String((customer.index + 1) * 16 + holdings.length);
    holdings.push({
      source,
      kind,
      key: `${keyPrefixes[source]}${serial.padStart(9, "0")}`,
      number: numberOf(kind, customer, serial, random),
      productCode,
      currency: market.currency,
      openedDay,
      maturesDay: undefined,
      amountMinor: undefined,
      rate: undefined,
      credit: false,
      ...terms,
    });
  };
  // Bought long ago or during the history; the day may lie beyond its end, then it has not been bought yet.
  const boughtOn = (need: number): number | undefined => {
    if (!random.chance(need)) return undefined;
    const day = random.chance(0.6) ? sinceDay + random.int(0, 900) : random.int(bank.firstDay, bank.lastDay + 120);
    return day > bank.lastDay - 3 ? undefined : Math.max(day, sinceDay);
  };
  const grain = market.grainMinor * 10;
  if (!random.chance(0.06)) {
    add("core", "current_account", person ? "CUR" : "BUS", sinceDay);
    const savings = boughtOn(needs.savings_account);
    if (savings !== undefined) add("core", "savings_account", "SAV", savings, { rate: savingsRates[market.currency] ?? 0.015 });
    const foreign = boughtOn(needs.foreign_account);
    if (foreign !== undefined)
      add("core", "current_account", "FXA", foreign, { currency: market.currency === "EUR" || random.chance(0.6) ? "USD" : "EUR" });
    const deposit = boughtOn(needs.term_deposit);
    if (deposit !== undefined) {
      const months = random.pick([6, 12, 12, 24, 36]);
      const start = Math.max(deposit, bank.lastDay - random.int(10, 1100), sinceDay);
      add("core", "term_deposit", "TDP", start, {
        amountMinor: toGrain(monthly * random.around(5, 0.7), grain),
        maturesDay: start + months * 30,
        rate: (savingsRates[market.currency] ?? 0.015) + 0.012,
      });
    }
    if (person && random.chance(0.9)) add("cards", "card", "DEB", sinceDay + 5);
  }
  const card = boughtOn(needs.credit_card);
  if (card !== undefined) {
    const gold = customer.drives.income > 0.8;
    add("cards", "card", gold ? "GLD" : "CLA", card, {
      credit: true,
      amountMinor: toGrain(Math.min(monthly, market.salaryMinor * 8) * (gold ? 3 : 1.5), grain),
      maturesDay: Math.max(card, bank.lastDay - 700) + 1460,
    });
  }
  addDebts(bank, customer, needs, random, { boughtOn, add });
  // Funds and policies have a system of their own in the Gulf and Iran; elsewhere the core keeps them.
  const wealth: HoldingSource = ["AE", "SA", "IR"].includes(market.country) ? "wealth" : "core";
  const fund = boughtOn(needs.investment);
  if (fund !== undefined) add(wealth, "investment", "FND", fund, { amountMinor: toGrain(monthly * random.around(6, 0.8), grain) });
  const policy = boughtOn(needs.insurance);
  if (policy !== undefined) {
    add(wealth, "insurance", random.chance(0.6) ? "LIF" : "HOM", policy, {
      amountMinor: toGrain(monthly * 30, grain),
      maturesDay: Math.max(policy, bank.lastDay - 300) + 365 * random.int(1, 15),
    });
  }
  return holdings;
}

function addDebts(
  bank: Bank,
  customer: Customer,
  needs: Needs,
  random: Random,
  { boughtOn, add }: { boughtOn: (need: number) => number | undefined; add: Add },
): void {
  const { market } = customer;
  // Where money costs a quarter a year, people borrow less of it.
  const monthly = customer.monthlyMinor * (market.currency === "IRR" ? 0.3 : 1);
  const grain = market.grainMinor * 10;
  const base = lendingRates[market.currency] ?? 0.05;
  const loan = boughtOn(needs.loan);
  if (loan !== undefined) {
    const months = random.pick([24, 36, 48, 60]);
    const start = Math.max(loan, bank.lastDay - random.int(60, months * 28), customer.sinceDay);
    add("loans", "loan", customer.kind === "person" ? "PLN" : "BLN", start, {
      amountMinor: toGrain(monthly * random.around(5, 0.4), grain),
      maturesDay: start + months * 30,
      rate: base + 0.03,
    });
  }
  const mortgage = boughtOn(needs.mortgage);
  if (mortgage !== undefined) {
    const months = random.pick([180, 240, 300, 360]);
    add("loans", "mortgage", "MOR", mortgage, {
      amountMinor: toGrain(monthly * random.around(48, 0.3), grain),
      maturesDay: mortgage + months * 30,
      rate: base,
    });
  }
  const line = boughtOn(needs.credit_line);
  if (line !== undefined) {
    add("loans", "credit_line", "CRL", line, {
      amountMinor: toGrain(monthly * random.around(1.5, 0.4), grain),
      maturesDay: Math.max(line, bank.lastDay - 200) + 365,
      rate: base + 0.02,
    });
  }
}

const keyPrefixes: Readonly<Record<HoldingSource, string>> = { core: "A", cards: "K", loans: "L", wealth: "W" };
const savingsRates: Readonly<Record<string, number>> = {
  EUR: 0.0125,
  GBP: 0.031,
  AED: 0.02,
  SAR: 0.024,
  CNY: 0.0115,
  IRR: 0.18,
  USD: 0.03,
};
const lendingRates: Readonly<Record<string, number>> = {
  EUR: 0.034,
  GBP: 0.051,
  AED: 0.0475,
  SAR: 0.049,
  CNY: 0.036,
  IRR: 0.23,
  USD: 0.06,
};

function numberOf(kind: HoldingKind, customer: Customer, serial: string, random: Random): string {
  switch (kind) {
    case "current_account":
    case "savings_account":
    case "term_deposit":
    case "loan":
    case "mortgage":
    case "credit_line":
      return accountNumber(customer.market.country, serial);
    case "card":
      return random.digits(4); // the last four: the full number never leaves the card system
    default:
      return `${customer.market.country}-${serial}`;
  }
}
