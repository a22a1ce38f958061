import { DomainError } from "../../../platform/errors/index.ts";
import { type GatherOrder, groupsOf, type ModelPlan, readTraits, type TrainingSet } from "../../scores/index.ts";
import { FRAUD_MODEL, scoreOptions } from "../model.ts";
import { doHeavyWork } from "./heavy-work.ts";
import { type PaymentColumns, readHistory } from "./history.ts";
import { findCustomers } from "./store.ts";

/**
 * Is a payment fraud? Learned from the bank's own payments and what people found out of them. The version in force is taken up by the live desk within
 * seconds; nothing is scored anew.
 */
export const fraudPlan: ModelPlan = {
  modelId: FRAUD_MODEL,
  learner: "trees",
  learnerOf: (kind) => (kind === "trees" ? { kind, options: scoreOptions } : { kind }),
  gather: gatherFraud,
  scoring: null,
  rescore: async () => undefined,
};

async function gatherFraud({ inTransaction, clock, signal }: GatherOrder): Promise<TrainingSet> {
  const columns = await inTransaction((tx) => readHistory(tx, clock.now()));
  const past = await doHeavyWork({ what: "measure", columns }, signal);
  if ("tooFew" in past)
    throw new DomainError("invalid_input", `${past.tooFew} frauds are too few to learn from`, {
      detail: { reason: "too_few_events", events: past.tooFew, rows: past.payments },
    });
  return { ...past.set, groups: await groups({ inTransaction }, columns, past.places) };
}

/** Whose payments the rows are: not learned from, only looked at for where the score fails. */
async function groups({ inTransaction }: Pick<GatherOrder, "inTransaction">, columns: PaymentColumns, places: Int32Array) {
  const partyOf = (place: number) => columns.texts[columns.parties[place] ?? -1] ?? "";
  const partyIds = [...new Set(Array.from(places, partyOf))].filter((id) => id !== "");
  const customerOf = await inTransaction((tx) => findCustomers(tx, partyIds));
  const traits = await inTransaction((tx) => readTraits(tx, [...new Set(customerOf.values())]));
  const byCustomer = new Map(traits.map((one) => [one.customerId, one]));
  return groupsOf(
    Array.from(places, (place) => ({
      traits: byCustomer.get(customerOf.get(partyOf(place)) ?? ""),
      year: new Date((columns.at[place] ?? 0) * 1000).getUTCFullYear(),
    })),
  );
}
