import type { Bank } from "../bank.ts";
import type { Company, Customer, Person } from "../customer.ts";
import { gregorian } from "../dates.ts";
import { Random } from "../random.ts";
import { type Bundle, partyKey } from "./bundle.ts";

const YEAR_DAYS = 365;
const REMEMBERED_MAX = 400;

interface Tie {
  readonly party: Customer;
  readonly kind: "spouse" | "employer" | "director" | "shareholder" | "key_contact";
  readonly other: Customer;
  readonly percent?: number;
  readonly fromDay?: number;
}

/**
 * Who stands how to whom, as far as core banking knows both. Spouses and employers are the neighbours that they are everywhere in this bank; who owns and
 * directs a company is settled here, among the customers of its branch that came before it. So owners form chains and groups, and never a ring.
 */
export class Ties {
  private readonly bank: Bank;
  private readonly companies: Company[] = [];
  private readonly people: Person[] = [];

  constructor(bank: Bank) {
    this.bank = bank;
  }

  /** The rows of a customer, in order: party;other;kind;share;since. Call it once for each customer that core banking knows. */
  rowsOf(bundle: Bundle): string[][] {
    const { customer, neighbour, relation, isFirst } = bundle;
    const random = new Random(this.bank.seed, customer.index, 34);
    const near = neighbour?.knownTo.includes("core") ? neighbour.customer : undefined;
    const ties: Tie[] = [];
    if (relation === "spouses" && isFirst && near !== undefined) {
      ties.push({ party: customer, kind: "spouse", other: near, fromDay: this.weddingDay(random, customer, near) });
    }
    if (relation === "works_at" && isFirst && near !== undefined) {
      ties.push({ party: customer, kind: "employer", other: near });
    }
    if (customer.kind === "organisation") {
      const manager = relation === "works_at" && near?.kind === "person" && near.drives.income > 0.4 ? near : undefined;
      ties.push(...this.ownersOf(random, customer, manager));
      remember(this.companies, customer);
    } else if (customer.bornDay < this.bank.lastDay - 30 * YEAR_DAYS) {
      remember(this.people, customer);
    }
    return ties.map(({ party, kind, other, percent, fromDay }) => [
      partyKey(party, "core"),
      partyKey(other, "core"),
      kind,
      percent === undefined ? "" : `${percent}%`,
      fromDay === undefined ? "" : gregorian.european(fromDay),
    ]);
  }

  /** A parent company or not, one or two people for the rest; the first of them directs it. */
  private ownersOf(random: Random, company: Company, manager: Person | undefined): Tie[] {
    const ties: Tie[] = [];
    const above = this.companies.findLast(({ branch, index }) => branch === company.branch && index < company.index);
    let left = 100;
    if (above !== undefined && random.chance(0.45)) {
      const percent = random.pick([26, 51, 60, 75, 80, 100] as const);
      left -= percent;
      ties.push({ party: above, kind: "shareholder", other: company, percent, fromDay: Math.max(above.bornDay, company.bornDay) });
    }
    const people = this.people.filter(({ branch }) => branch === company.branch);
    const first = manager ?? (people.length > 0 ? random.pick(people) : undefined);
    if (first === undefined) {
      return ties;
    }
    const firstPercent = Math.round(left * random.pick([1, 0.7, 0.6, 0.5] as const));
    if (firstPercent > 0) {
      ties.push({ party: first, kind: "shareholder", other: company, percent: firstPercent, fromDay: this.grownUp(first, company) });
    }
    const second = people.findLast(({ index }) => index !== first.index);
    const secondPercent = Math.round((left - firstPercent) * random.pick([1, 0.8] as const));
    if (second !== undefined && secondPercent > 0) {
      ties.push({ party: second, kind: "shareholder", other: company, percent: secondPercent, fromDay: this.grownUp(second, company) });
    }
    ties.push({ party: first, kind: "director", other: company, fromDay: this.grownUp(first, company) });
    const contact = random.chance(0.5) ? second : undefined;
    return contact === undefined ? ties : [...ties, { party: contact, kind: "key_contact", other: company }];
  }

  private grownUp(person: Person, company: Company): number {
    return Math.min(Math.max(person.bornDay + 22 * YEAR_DAYS, company.bornDay), this.bank.lastDay);
  }

  private weddingDay(random: Random, one: Customer, other: Customer): number {
    return Math.min(Math.max(one.bornDay, other.bornDay) + random.int(21 * YEAR_DAYS, 30 * YEAR_DAYS), this.bank.lastDay - 200);
  }
}

/** Customers long past are forgotten, so that memory does not grow. */
function remember<T>(known: T[], customer: T): void {
  known.push(customer);
  if (known.length > REMEMBERED_MAX) known.shift();
}
