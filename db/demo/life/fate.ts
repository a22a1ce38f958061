import type { Bank } from "../bank.ts";
import type { Customer } from "../customer.ts";
import { Random } from "../random.ts";

/** What will happen to a customer within the history: the part of the ground truth that models try to foresee. Days since 1970-01-01. */
export interface Fate {
  readonly leavesOn: number | undefined; // accounts closed, or (silent) emptied
  readonly silent: boolean;
  readonly fadesFrom: number | undefined; // from here salary and purchases move elsewhere
  readonly losesJobOn: number | undefined;
  readonly findsJobOn: number | undefined;
  readonly marriesOn: number | undefined;
  readonly childOn: number | undefined;
  readonly movesOn: number | undefined;
  readonly fraudOn: number | undefined;
  readonly fraudKind: "card_burst" | "account_takeover" | undefined;
  readonly dormant: boolean;
  readonly strainedFrom: number | undefined; // money is short from here on: instalments are missed
  readonly complaint: boolean; // was badly served shortly before fading
}

export function fateOf(bank: Bank, customer: Customer): Fate {
  const random = new Random(bank.seed, customer.index, 20);
  const span = bank.lastDay - bank.firstDay;
  const someDay = () => random.int(Math.max(bank.firstDay, customer.sinceDay + 30), bank.lastDay);
  const within = (probability: number) => (random.chance(probability) && span > 60 ? someDay() : undefined);
  const person = customer.kind === "person";
  const young = person && bank.lastDay - customer.bornDay < 45 * 365;
  const tenureYears = (bank.lastDay - customer.sinceDay) / 365;
  const complaint = random.chance(0.09);
  const dormant = !customer.mainBank && random.chance(0.07);
  // About 7 of 100 leave in two years: the disloyal, the new, the badly served; seldom those whose salary comes here.
  const pull =
    -2.05 - 0.8 * customer.drives.loyalty - (customer.mainBank ? 0.6 : 0) - 0.06 * Math.min(tenureYears, 12) + (complaint ? 1.3 : 0);
  const leaves = !dormant && span > 200 && customer.sinceDay < bank.firstDay && random.chance(1 / (1 + Math.exp(-pull)));
  const leavesOn = leaves ? random.int(bank.firstDay + 130, bank.lastDay) : undefined;
  const fadesFrom = leavesOn === undefined ? undefined : leavesOn - random.int(60, 150);
  const losesJobOn = person && customer.employer !== undefined ? within(0.05) : undefined;
  const fraudOn =
    customer.sinceDay < bank.lastDay - 90 && (leavesOn === undefined || leavesOn > bank.lastDay - 10) ? within(0.013) : undefined;
  return {
    leavesOn,
    silent: leaves && random.chance(0.3),
    fadesFrom,
    losesJobOn,
    findsJobOn: losesJobOn === undefined ? undefined : losesJobOn + random.int(60, 300),
    marriesOn: young && customer.marital === "single" ? within(0.06) : undefined,
    childOn: young && customer.marital === "married" ? within(0.09) : undefined,
    movesOn: within(0.08),
    fraudOn,
    fraudKind: fraudOn === undefined ? undefined : random.chance(0.7) ? "card_burst" : "account_takeover",
    dormant,
    strainedFrom: losesJobOn ?? within(0.045),
    complaint,
  };
}
