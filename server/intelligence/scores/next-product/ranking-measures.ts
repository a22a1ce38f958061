import type { ExtraMeasures, TrainingSet } from "../training-set.ts";

const LIST = 7;
const TOP = 3;

/**
 * Of customers who bought something new on a judged day: mean average precision of the first seven products named, and the share of what was bought that
 * stood among the first three (Santander Product Recommendation, 2016: MAP@7). The same of the baseline.
 */
export function rankingMeasures(
  { subjectOf, asOfOf, target, baseline }: TrainingSet,
  { rows, chances }: { readonly rows: Int32Array; readonly chances: Float64Array },
): ExtraMeasures {
  const questions = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const key = `${subjectOf[row]} ${asOfOf[row]}`;
    const list = questions.get(key);
    if (list === undefined) questions.set(key, [index]);
    else list.push(index);
  });
  const asked = [...questions.values()].filter((list) => list.some((index) => target[rows[index] as number] === 1));
  const judge = (scoreOf: (index: number) => number) => {
    let [precision, recall] = [0, 0];
    for (const list of asked) {
      const hits = list.toSorted((a, b) => scoreOf(b) - scoreOf(a) || a - b).map((index) => target[rows[index] as number] === 1);
      const bought = hits.filter(Boolean).length;
      let found = 0;
      hits.slice(0, LIST).forEach((hit, place) => {
        if (!hit) return;
        found += 1;
        precision += found / (place + 1) / Math.min(bought, LIST);
      });
      recall += hits.slice(0, TOP).filter(Boolean).length / bought;
    }
    return { precision: asked.length === 0 ? null : precision / asked.length, recall: asked.length === 0 ? null : recall / asked.length };
  };
  const model = judge((index) => chances[index] as number);
  const popular = judge((index) => baseline[rows[index] as number] as number);
  return {
    buyers: asked.length,
    map_at_7: model.precision,
    recall_at_3: model.recall,
    baseline_map_at_7: popular.precision,
    baseline_recall_at_3: popular.recall,
  };
}
