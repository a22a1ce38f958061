import type { History, Transaction } from "../server/intelligence/fraud/index.ts";

const DAY = 86_400;
/** Monday, 11 June 2018. */
const START = 1_528_675_200;
const TERMINALS_PER_CUSTOMER = 2;
const REACH = 5;

/** mulberry32: small, seeded, good enough for a simulation. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Chance {
  readonly even: () => number;
  constructor(seed: number) {
    this.even = seeded(seed);
  }
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.even())) * Math.cos(2 * Math.PI * this.even());
  }
  poisson(mean: number): number {
    let [count, left] = [0, Math.exp(-mean)];
    for (let product = this.even(); product > left; product *= this.even()) count += 1;
    return count;
  }
  below(bound: number): number {
    return Math.floor(this.even() * bound);
  }
}

interface Draft {
  at: number;
  readonly customer: number;
  readonly terminal: number;
  amount: number;
  isFraud: boolean;
}

/**
 * Card payments after the rules of the Fraud Detection Handbook's simulator (Le Borgne et al. 2022, chapter 3), written anew: customers pay near home;
 * what is above 220 is fraud; every day two terminals turn bad for 28 days, and three cards for 14, a third of whose payments become five times as large.
 */
export function simulatePayments(customers: number, days: number, seed: number): History {
  const chance = new Chance(seed);
  const drafts = drawPayments(chance, customers, days).sort((a, b) => a.at - b.at);
  const terminals = customers * TERMINALS_PER_CUSTOMER;
  for (const draft of drafts) draft.isFraud = draft.amount > 220;
  const [badTerminals, badCards] = [new Map<number, number>(), new Map<number, number>()];
  let day = -1;
  for (const draft of drafts) {
    const today = Math.floor((draft.at - START) / DAY);
    while (day < today) {
      day += 1;
      for (let draw = 0; draw < 2; draw += 1) badTerminals.set(chance.below(terminals), day + 28);
      for (let draw = 0; draw < 3; draw += 1) badCards.set(chance.below(customers), day + 14);
    }
    if (today < (badTerminals.get(draft.terminal) ?? 0)) draft.isFraud = true;
    if (today < (badCards.get(draft.customer) ?? 0) && chance.even() < 1 / 3) {
      draft.isFraud = true;
      draft.amount *= 5;
    }
  }
  const payments = drafts.map(
    ({ at, customer, terminal, amount }, place): Transaction => ({
      id: String(place),
      at,
      account: `c${customer}`,
      payee: `t${terminal}`,
      amount: Math.round(amount * 100) / 100,
    }),
  );
  return {
    count: payments.length,
    transaction: (place) => payments[place] as Transaction,
    isFraud: (place) => drafts[place]?.isFraud === true,
  };
}

function drawPayments(chance: Chance, customers: number, days: number): Draft[] {
  const place = () => [chance.even() * 100, chance.even() * 100] as const;
  const squares = new Map<number, { readonly terminal: number; readonly x: number; readonly y: number }[]>();
  const square = (x: number, y: number) => Math.floor(x / REACH) * 100 + Math.floor(y / REACH);
  for (let terminal = 0; terminal < customers * TERMINALS_PER_CUSTOMER; terminal += 1) {
    const [x, y] = place();
    const key = square(x, y);
    squares.set(key, [...(squares.get(key) ?? []), { terminal, x, y }]);
  }
  const drafts: Draft[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    const [x, y] = place();
    const mean = 5 + chance.even() * 95;
    const paymentsADay = chance.even() * 4;
    const near = [-1, 0, 1]
      .flatMap((right) => [-1, 0, 1].flatMap((up) => squares.get(square(x + right * REACH, y + up * REACH)) ?? []))
      .filter((terminal) => (terminal.x - x) ** 2 + (terminal.y - y) ** 2 < REACH ** 2);
    if (near.length === 0) continue;
    for (let day = 0; day < days; day += 1) {
      for (let left = chance.poisson(paymentsADay); left > 0; left -= 1) {
        const second = Math.floor(chance.normal(DAY / 2, 20_000));
        const drawn = chance.normal(mean, mean / 2);
        const amount = drawn < 0 ? chance.even() * 2 * mean : drawn;
        const { terminal } = near[chance.below(near.length)] ?? { terminal: 0 };
        if (second > 0 && second < DAY) drafts.push({ at: START + day * DAY + second, customer, terminal, amount, isFraud: false });
      }
    }
  }
  return drafts;
}
