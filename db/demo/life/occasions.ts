import { accountNumber } from "../identifiers.ts";
import { Random } from "../random.ts";
import type { Diary } from "./diary.ts";
import type { Holding } from "./holdings.ts";
import { type Category, merchants } from "./merchants.ts";

/** What makes people think of a product, as far as it leaves traces on an account. */
const occasions = ["windfall", "house_hunt", "overspending", "journey", "abroad", "family"] as const;
type Occasion = (typeof occasions)[number];

/** How much of what is bought has an occasion before it; the rest comes out of the blue. */
const WITH_OCCASION = 0.8;
/** Of a month, how likely each occasion is without anything being bought after it. */
const IN_VAIN = 0.008;
/** Days from the occasion to the purchase. */
const LEAD_DAYS = { from: 12, to: 75 } as const;

/** null: bought without any. */
function occasionOf({ kind, productCode }: Holding, random: Random): Occasion | null {
  switch (kind) {
    case "savings_account":
    case "term_deposit":
    case "investment":
      return "windfall";
    case "mortgage":
      return random.chance(0.7) ? "house_hunt" : "family";
    case "loan":
      return "overspending";
    case "card":
      return random.chance(0.6) ? "journey" : "overspending";
    case "current_account":
      return productCode === "FXA" ? "abroad" : null;
    case "insurance":
      return "family";
    default:
      return null;
  }
}

/**
 * What happened before things were bought, and, now and then, what might have led to something and did not. Drawn by itself: what is bought, and when, stays
 * as it was drawn before.
 */
export function noteOccasions(diary: Diary): void {
  const { bank, customer } = diary;
  const current = diary.find(({ holding }) => holding.kind === "current_account");
  if (current < 0 || diary.fate.dormant) return;
  const random = new Random(bank.seed, customer.index, 23);
  for (const { holding } of diary.accounts) {
    const isBought = holding.openedDay >= bank.firstDay + LEAD_DAYS.to && holding.openedDay > customer.sinceDay + LEAD_DAYS.to;
    if (!isBought || holding.productCode === "DEB" || !random.chance(WITH_OCCASION)) continue;
    const occasion = occasionOf(holding, random);
    if (occasion !== null) noteOccasion(diary, random, current, occasion, holding.openedDay - random.int(LEAD_DAYS.from, LEAD_DAYS.to));
  }
  for (const start of bank.monthStarts) {
    for (const occasion of occasions) {
      if (random.chance(IN_VAIN * diary.presence(start))) noteOccasion(diary, random, current, occasion, start + random.int(0, 27));
    }
  }
}

function noteOccasion(diary: Diary, random: Random, current: number, occasion: Occasion, day: number): void {
  const { customer } = diary;
  const { monthlyMinor: monthly, market } = customer;
  const spend = (times: number, share: number, category: Category) => {
    for (let left = times; left > 0; left -= 1) {
      const counterparty = random.pick(merchants(market.language, category));
      diary.note(day - random.int(0, 24), current, -monthly * share * random.around(1, 0.4), {
        ...{ category, channel: category === "travel" ? "online" : "pos", counterparty, text: counterparty },
      });
    }
  };
  switch (occasion) {
    case "windfall":
      diary.note(day, current, monthly * random.around(2.5, 0.4), {
        ...{ category: "transfer", channel: "bank", account: accountNumber(market.country, String(6_500_000_000 + customer.index)) },
      });
      break;
    case "house_hunt":
      // What was put aside elsewhere comes together here, in two or three steps.
      for (let left = random.int(2, 3); left > 0; left -= 1)
        diary.note(day - 9 * left, current, monthly * random.around(1.6, 0.4), {
          ...{ category: "transfer", channel: "bank", account: accountNumber(market.country, String(9_000_000_000 + customer.index)) },
        });
      break;
    case "overspending":
      spend(random.int(4, 7), 0.14, "shopping");
      break;
    case "journey":
      spend(random.int(2, 4), 0.16, "travel");
      break;
    case "abroad":
      for (let left = random.int(2, 4); left > 0; left -= 1)
        diary.note(day - random.int(0, 40), current, -monthly * random.around(0.2, 0.3), {
          ...{
            category: "remittance",
            channel: "online",
            account: accountNumber(customer.nationality, String(8_500_000_000 + customer.index)),
          },
        });
      break;
    default:
      spend(random.int(4, 6), 0.07, random.chance(0.6) ? "health" : "education");
  }
}
