import { refreshCredit } from "../credit/index.ts";
import { inHalves, type RefreshOrder, refreshBlocks, refreshFacts } from "../facts/index.ts";
import { followInBackground } from "../fraud/index.ts";
import { decideDue, decideOffers } from "../offers/index.ts";
import { refreshProfit } from "../profit/index.ts";
import { scoreCustomers, scorePlans } from "../scores/index.ts";
import { settleSegments } from "../segments/index.ts";

export interface RefreshStep {
  /** Kept with the run: never change it. */
  readonly name: string;
  /** May be done twice for the same customers. It opens its own transactions, as the worker. */
  readonly run: (order: RefreshOrder) => Promise<unknown>;
}

/** What is computed of customers after what changed of them, each from what stands before it. */
export const steps: readonly RefreshStep[] = [
  { name: "facts", run: (order) => inHalves(order, refreshFacts) },
  { name: "scores", run: (order) => inHalves(order, (half) => scoreCustomers({ ...half, plans: scorePlans })) },
  { name: "profit", run: ({ customerIds, ...order }) => refreshProfit({ ...order, customers: customerIds ?? "all" }) },
  { name: "credit", run: refreshCredit },
  { name: "fraud", run: followInBackground },
  { name: "offers", run: decideOffers },
  { name: "blocks", run: (order) => refreshBlocks(order) },
  { name: "segments", run: settleSegments },
  // Who came into the segment of an action, or left it, by the turn of the day alone: offers ask segments directly, of whoever was touched.
  { name: "moved", run: decideDue },
];
