import { type City, cities, markets } from "./places.ts";
import { Random } from "./random.ts";

export interface Branch {
  readonly code: string;
  readonly name: string;
  readonly city: City;
}

/** What the generator is asked for, worked out: everything about a customer follows from this and the customer's number. */
export interface Bank {
  readonly seed: number;
  readonly customers: number;
  readonly firstDay: number; // days since 1970-01-01, first day with transactions
  readonly lastDay: number;
  readonly monthStarts: readonly number[]; // first days of the months of the history
  readonly purchases: number; // 1 is the usual number of card purchases
  readonly branches: readonly Branch[];
}

const CUSTOMERS_PER_BRANCH = 200;
const USUAL_TRANSACTIONS = 70;
const HISTORY_MONTHS = 24;

/**
 * `until` is the last day with transactions, YYYY-MM-DD. Fewer transactions per customer than usual (70) shorten the history, more mean more
 * purchases: so the rhythm of a month stays true at every size.
 */
export function planBank(options: { customers: number; seed: number; until: string; transactionsPerCustomer?: number }): Bank {
  const wanted = options.transactionsPerCustomer ?? USUAL_TRANSACTIONS;
  const months = Math.min(HISTORY_MONTHS, Math.max(1, Math.round((HISTORY_MONTHS * wanted) / USUAL_TRANSACTIONS)));
  const lastDay = dayNumber(options.until);
  const end = new Date((lastDay + 1) * 86_400_000);
  const monthStarts = Array.from(
    { length: months },
    (_, month) => Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months + month, end.getUTCDate()) / 86_400_000,
  );
  return {
    seed: options.seed,
    customers: options.customers,
    firstDay: monthStarts[0] ?? lastDay,
    lastDay,
    monthStarts,
    purchases: Math.max(1, 1 + (wanted - USUAL_TRANSACTIONS) / 35),
    branches: branchesFor(options.customers, options.seed),
  };
}

export function dayNumber(isoDate: string): number {
  const day = Date.parse(`${isoDate}T00:00:00Z`) / 86_400_000;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDate) || !Number.isInteger(day)) {
    throw new RangeError(`not a date: ${isoDate}`);
  }
  return day;
}

/** The last day of the last full month before `today`. */
export function lastFullMonth(today: Date): string {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0)).toISOString().slice(0, 10);
}

/** The branches of a bank of so many customers; the first six are the same at every size. */
export function branchesFor(customers: number, seed: number): readonly Branch[] {
  const wanted = Math.max(6, Math.round(customers / CUSTOMERS_PER_BRANCH));
  const random = new Random(seed, 0, 90);
  const perCity = new Map<string, number>();
  const branches: Branch[] = [];
  for (let place = 0; place < wanted; place += 1) {
    const city = place < cities.length ? (cities[place] as City) : random.pick(cities);
    const order = perCity.get(city.code) ?? 0;
    perCity.set(city.code, order + 1);
    const district = city.districts[order % city.districts.length];
    const round = Math.floor(order / city.districts.length);
    const suffix = round === 0 ? "" : ` ${round + 1}`;
    const latin = `${city.latin} ${district?.latin[0]}${suffix}`;
    const local = `${city.local} ${district?.native}${suffix}`;
    branches.push({
      code: `${city.code}-${String(order + 1).padStart(2, "0")}`,
      name: latin === local || city.country === "ES" ? local : `${latin} · ${local}`,
      city,
    });
  }
  return branches;
}

/** The portfolios of a branch: what they are called there. Business customers, private customers, and two shares of the others. */
export const portfolioKinds = ["B", "V", "1", "2"] as const;
export type PortfolioKind = (typeof portfolioKinds)[number];

const portfolioNames: Readonly<Record<PortfolioKind, Readonly<Record<"ar" | "fa" | "zh" | "es" | "en", string>>>> = {
  B: { ar: "الشركات", fa: "بانکداری شرکتی", zh: "企业客户", es: "Empresas", en: "Business" },
  V: { ar: "الخدمات المصرفية الخاصة", fa: "بانکداری اختصاصی", zh: "私人银行", es: "Banca privada", en: "Private banking" },
  "1": { ar: "الأفراد ١", fa: "مشتریان حقیقی ۱", zh: "个人客户一组", es: "Particulares 1", en: "Personal 1" },
  "2": { ar: "الأفراد ٢", fa: "مشتریان حقیقی ۲", zh: "个人客户二组", es: "Particulares 2", en: "Personal 2" },
};

export function portfolioCode(branch: Branch, kind: PortfolioKind): string {
  return `${branch.code}-${kind}`;
}

export function portfolioName(branch: Branch, kind: PortfolioKind): string {
  const { local } = branch.city;
  const name = portfolioNames[kind][markets[branch.city.country].language];
  return `${local} · ${name}`;
}
