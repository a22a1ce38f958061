import { makeCompany } from "../companies.ts";
import type { Company } from "../customer.ts";
import { accountNumber } from "../identifiers.ts";
import type { Random } from "../random.ts";
import type { Diary } from "./diary.ts";
import { merchants } from "./merchants.ts";
import { payDay, season } from "./rhythm.ts";

interface Partner {
  readonly name: string;
  readonly account: string;
}

/** A company's invoices, suppliers, payroll and taxes, month by month; the same few partners again and again. */
export function noteBusinessLife(diary: Diary, company: Company): void {
  const current = diary.find(({ holding }) => holding.kind === "current_account");
  if (current < 0) {
    return;
  }
  const { random, bank } = diary;
  const customers = partners(random, company, 4);
  const suppliers = partners(random, company, 3);
  const busy = (company.mainBank ? 2.2 : 0.8) * (company.segment === "corporate" ? 1.8 : 1) * bank.purchases;
  const turnover = company.monthlyMinor * (company.mainBank ? 1 : 0.3);
  const starts = bank.monthStarts;
  for (const [month, start] of starts.entries()) {
    const days = (starts[month + 1] ?? bank.lastDay + 1) - start;
    const presence = diary.presence(start + (days >> 1));
    const received = turnover * season(start + 14, company.market.language) * random.around(0.95, 0.2) * presence;
    const invoices = presence < 0.15 ? random.count(0.2) : 1 + random.count(busy * presence);
    for (let left = invoices; left > 0; left -= 1) {
      const partner = random.pick(customers);
      diary.note(start + random.int(0, days - 1), current, (received / invoices) * random.around(1, 0.3), {
        category: "invoice",
        channel: "bank",
        counterparty: partner.name,
        account: partner.account,
        must: true,
      });
    }
    const bills = random.count(busy * 0.8 * presence);
    for (let left = bills; left > 0; left -= 1) {
      const partner = random.pick(suppliers);
      diary.note(start + random.int(3, days - 1), current, ((-received * 0.58) / bills) * random.around(1, 0.25), {
        category: "supplier",
        channel: "online",
        counterparty: partner.name,
        account: partner.account,
      });
    }
    if (company.mainBank && presence > 0.4) {
      diary.note(payDay(start, company.market) - 1, current, -turnover * 0.24 * random.around(1, 0.05), {
        category: "payroll",
        channel: "online",
      });
    }
    if (company.mainBank && month % 3 === 2 && presence > 0.4) {
      diary.note(start + 19, current, -turnover * 0.12 * random.around(1, 0.1), { category: "tax", channel: "online" });
    }
    if (month % 3 === 0) {
      diary.note(start + days - 1, current, -company.market.salaryMinor * 0.02, { category: "fee", channel: "bank", must: false });
    }
    if (random.chance(0.12 * presence)) {
      const provider = merchants(company.market.language, "utilities")[0] ?? "";
      diary.note(start + 12, current, -company.market.salaryMinor * 0.3 * random.around(1, 0.3), {
        category: "utilities",
        channel: "direct_debit",
        counterparty: provider,
      });
    }
  }
}

function partners(random: Random, company: Company, count: number): readonly Partner[] {
  const place = { local: company.city.local, latin: company.city.latin, emirates: company.city.country === "AE" };
  return Array.from({ length: count }, () => ({
    name: makeCompany(random, company.market.language, place).native,
    account: accountNumber(company.market.country, String(7_000_000_000 + random.int(0, 999_999_999))),
  }));
}
