import { callerOfLogin, operatorCaller } from "../governance/access/index.ts";
import { createSegment, listSegments, type SegmentWish } from "../intelligence/segments/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";

const wishes: readonly SegmentWish[] = [
  {
    name: "Salary with us, no savings",
    note: "Regular pay arrives, nothing is put aside here",
    shared: true,
    filter: {
      match: "all",
      of: [
        { field: "has_salary", op: "yes", values: [] },
        { field: "savings_accounts_held", op: "equals", values: ["0"] },
        { field: "deposits_held", op: "equals", values: ["0"] },
      ],
    },
  },
  {
    name: "Deposits maturing within 90 days",
    note: null,
    shared: true,
    filter: {
      match: "all",
      of: [
        { field: "next_maturity_on", op: "between", values: ["0", "90"] },
        { field: "deposits_held", op: "at_least", values: ["1"] },
      ],
    },
  },
  {
    name: "Good customers who may leave",
    note: "Gold and platinum with a raised chance of leaving",
    shared: true,
    filter: {
      match: "all",
      of: [
        { field: "tier", op: "any_of", values: ["gold", "platinum"] },
        { field: "churn_band", op: "any_of", values: ["medium", "high"] },
      ],
    },
  },
];

/** What the marketing manager of the demo bank keeps an eye on; nothing where there are segments. */
export async function keepDemoSegments(db: Db): Promise<void> {
  const marketer = await callerOfLogin(db, await operatorCaller(db), "marketer");
  if (marketer === null) return;
  await inTransaction(db, marketer, async (tx) => {
    if ((await listSegments(tx, marketer)).segments.length > 0) return;
    for (const wish of wishes) await createSegment(tx, marketer, wish);
  });
}
