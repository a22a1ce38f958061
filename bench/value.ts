import {
  decideTier,
  fitBgNbd,
  fitGammaGamma,
  fitParetoNbd,
  type PurchaseHistory,
  rfmScores,
  type TierPolicy,
  whaleCurve,
} from "../server/intelligence/value/index.ts";
import { printRows } from "./table.ts";

const WEEKS = 39;

/** Purchases at a rate of the customer's own until the customer leaves, in whole days: what Pareto/NBD assumes. Seeded. */
function simulateHistories(customers: number): PurchaseHistory[] {
  let state = 7;
  const even = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 4_294_967_297;
  };
  return Array.from({ length: customers }, () => {
    const observed = WEEKS - Math.floor(even() * 84) / 7;
    const [rate, leaves] = [-0.05 * Math.log(even()), Math.min(observed, -40 * Math.log(even()))];
    let [at, repeats, lastAt] = [0, 0, 0];
    for (;;) {
      at += Math.max(1, Math.round((-Math.log(even()) / Math.max(rate, 1e-6)) * 7)) / 7;
      if (at > leaves) break;
      repeats += 1;
      lastAt = at;
    }
    return { repeats, lastAt, observed, meanValue: meanValue(repeats, even) };
  });
}

/** Gamma around a level of the customer's own, which is inverse gamma: what gamma-gamma assumes. */
function meanValue(repeats: number, even: () => number): number {
  const level = 90 / -Math.log(even() * even() * even() * even());
  let sum = 0;
  for (let purchase = 0; purchase < repeats; purchase += 1) sum -= level * Math.log(even() * even());
  return repeats === 0 ? 0 : sum / repeats;
}

const policy: TierPolicy = {
  version: 1,
  tiers: [
    { name: "gold", valueMinor: 500_000, volumeMinor: 50_000_000 },
    { name: "silver", valueMinor: 100_000, volumeMinor: 10_000_000 },
    { name: "basic", valueMinor: 0, volumeMinor: 0 },
  ],
  tolerance: 0.1,
  fallAfter: 3,
  monthsMin: 6,
  reputationCap: "basic",
};

/** Fits and rankings over that many customers. */
export function benchValue(customers: number): void {
  const histories = simulateHistories(customers);
  const profits = histories.map(({ repeats, meanValue }, at) => BigInt(Math.round((repeats * meanValue - 8 - (at % 13)) * 100)));
  const rfm = histories.map(({ observed, lastAt, repeats }, at) => ({
    segment: at % 5 === 0 ? "private" : "retail",
    recencyDays: (observed - lastAt) * 7,
    frequency: repeats,
    marginMinor: Number(profits[at]),
  }));
  const work: readonly (readonly [string, () => unknown])[] = [
    ["BG/NBD fit", () => fitBgNbd(histories)],
    ["Pareto/NBD fit", () => fitParetoNbd(histories)],
    ["gamma-gamma fit", () => fitGammaGamma(histories)],
    ["whale curve", () => whaleCurve(profits)],
    ["RFM", () => rfmScores(rfm)],
    [
      "tiers",
      () => {
        for (const profit of profits)
          decideTier(
            { tier: "silver", since: "2025-01-01", belowCount: 0 },
            { valueMinor: Number(profit), volumeMinor: 0, hasBadReputation: false, appeal: null },
            policy,
            "2026-01-01",
          );
      },
    ],
  ];
  printRows(
    work.map(([name, run]) => {
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      run();
      const seconds = (performance.now() - started) / 1000;
      return {
        work: name,
        customers: customers.toLocaleString("en"),
        seconds: seconds.toFixed(2),
        "cpu s": (process.cpuUsage(cpu).user / 1e6).toFixed(2),
      };
    }),
  );
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
}
