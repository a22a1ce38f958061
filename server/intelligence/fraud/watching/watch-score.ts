import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { servingReports, watchRows } from "../../scores/index.ts";
import { featureCatalogue } from "../features/catalogue.ts";
import { FeatureColumns } from "../features/measure-history.ts";
import { FRAUD_MODEL, scoreTable } from "../model.ts";
import { type DecidedPayment, listDecided } from "./store.ts";

/** Of fewer, chance alone moves the shares. */
const LOOKED_AT_MIN = 1_000;

/**
 * Worker role. How champion and challenger do: on the payments of today, by a sample, and on what people have found out since they were trained. The latter is
 * of payments in alerts alone: nobody looks into the others.
 */
export async function watchScore(tx: Tx, clock: Clock, looked: readonly Float64Array[]): Promise<void> {
  if (looked.length < LOOKED_AT_MIN) return;
  const table = tableOf(looked);
  const { champion, challenger } = await servingReports(tx, FRAUD_MODEL);
  const asOf = clock.now().toISOString().slice(0, 10);
  for (const one of [champion, challenger]) {
    if (one === null) continue;
    const of = { modelId: FRAUD_MODEL, version: one.version };
    await watchRows(tx, clock, { ...of, asOf }, { table, known: knownOf(await listDecided(tx, of)) });
  }
}

function knownOf(decided: readonly DecidedPayment[]) {
  const asOf =
    decided
      .map(({ happenedOn }) => happenedOn)
      .sort()
      .at(-1) ?? "";
  return {
    asOf,
    table: tableOf(decided.map(({ features }) => Float64Array.from(featureCatalogue, ({ name }) => features[name] ?? Number.NaN))),
    target: Float64Array.from(decided, ({ isFraud }) => (isFraud ? 1 : 0)),
  };
}

function tableOf(vectors: readonly Float64Array[]) {
  const rows = new FeatureColumns(vectors.length);
  for (const features of vectors) rows.add(features);
  return scoreTable(rows);
}
