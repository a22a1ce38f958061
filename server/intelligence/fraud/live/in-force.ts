import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { championOf, readIntact } from "../../scores/index.ts";
import { FRAUD_MODEL } from "../model.ts";
import { checkRuleSet } from "../rules/read-rule-set.ts";
import type { JudgedBy } from "./judge.ts";
import * as store from "./store.ts";

/**
 * Rules and score in force; `before` is answered again where nothing changed. Without a score, or with one that was altered (whoever looks after models is
 * told), rules alone judge. Worker role. Fails with unavailable without rules.
 */
export async function readJudgedBy(tx: Tx, before: JudgedBy | null): Promise<JudgedBy> {
  const found = await store.readInForce(tx);
  if (found === null) throw new DomainError("unavailable", "no fraud rules are in force");
  const { setNo, document, backtest } = found;
  const champion = await championOf(tx, FRAUD_MODEL);
  if (before !== null && before.setNo === setNo && before.champion === champion) return before;
  const reading = checkRuleSet(document);
  if (reading.problems !== null) throw new DomainError("invalid_state", `the rules in force (${setNo}) cannot be read`);
  const precisions = new Map(
    (backtest?.rules ?? []).flatMap(({ name, precision }) => (precision === null ? [] : [[name, precision] as const])),
  );
  return { setNo, rules: reading.rules, policy: reading.policy, precisions, champion, model: champion === null ? null : await model(tx) };
}

async function model(tx: Tx): Promise<JudgedBy["model"]> {
  const { champion } = await readIntact(tx, FRAUD_MODEL);
  if (champion === null || champion.ready.model.kind !== "trees") return null;
  return { modelNo: champion.version, trees: champion.ready.model, calibration: champion.ready.calibration };
}
