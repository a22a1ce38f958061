import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { readModel as openModel, type TreeModel } from "../../learning/index.ts";
import { checkRuleSet } from "../rules/read-rule-set.ts";
import type { JudgedBy } from "./judge.ts";
import * as store from "./store.ts";

/** Rules and model in force; `before` is answered again where nothing changed. Fails with unavailable without rules, invalid_input for a model that was altered. */
export async function readJudgedBy(tx: Tx, before: JudgedBy | null): Promise<JudgedBy> {
  const found = await store.readInForce(tx);
  if (found === null) throw new DomainError("unavailable", "no fraud rules are in force");
  const { setNo, document, backtest, modelNo } = found;
  if (before !== null && before.setNo === setNo && (before.model?.modelNo ?? null) === modelNo) return before;
  const reading = checkRuleSet(document);
  if (reading.problems !== null) throw new DomainError("invalid_state", `the rules in force (${setNo}) cannot be read`);
  const precisions = new Map(
    (backtest?.rules ?? []).flatMap(({ name, precision }) => (precision === null ? [] : [[name, precision] as const])),
  );
  return { setNo, rules: reading.rules, policy: reading.policy, precisions, model: modelNo === null ? null : await model(tx, modelNo) };
}

async function model(tx: Tx, modelNo: number): Promise<JudgedBy["model"]> {
  const kept = await store.readModel(tx, modelNo);
  if (kept === null) return null;
  const trees = openModel<TreeModel>(kept.body, "trees");
  return { modelNo, trees, genuineShare: kept.genuineShare };
}
