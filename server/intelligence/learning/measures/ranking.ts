/** How well scores rank events (target 1) above the rest (target 0). 0.5 is chance for auc, the base rate for averagePrecision. */
export interface Ranking {
  readonly auc: number;
  readonly averagePrecision: number;
  readonly ks: number;
  readonly liftAt10: number;
}

/** All measures of ranking at once. Fails with RangeError where only one class is there: none of them means anything then. */
export function rankingOf(target: Float64Array, scores: Float64Array): Ranking {
  const steps = stepsOf(target, scores);
  return { auc: auc(steps), averagePrecision: averagePrecision(steps), ks: ks(steps), liftAt10: liftAt(steps, 0.1) };
}

/**
 * Area under the ROC curve: the chance that an event scores above a non-event, ties counted half (Mann and Whitney 1947; Hanley and
 * McNeil 1982). Gini = 2 AUC - 1.
 */
export function areaUnderCurve(target: Float64Array, scores: Float64Array): number {
  return auc(stepsOf(target, scores));
}

/** Running counts of events and others from the highest score down, one entry a distinct score. */
interface Steps {
  readonly events: number;
  readonly others: number;
  readonly eventsUpTo: Float64Array;
  readonly othersUpTo: Float64Array;
}

function stepsOf(target: Float64Array, scores: Float64Array): Steps {
  const order = descending(scores);
  const eventsUpTo = new Float64Array(order.length);
  const othersUpTo = new Float64Array(order.length);
  let length = 0;
  let events = 0;
  order.forEach((row, place) => {
    events += target[row] as number;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[row]) return;
    eventsUpTo[length] = events;
    othersUpTo[length] = place + 1 - events;
    length += 1;
  });
  const others = order.length - events;
  if (events === 0 || others === 0) throw new RangeError("ranking needs rows of both classes");
  return { events, others, eventsUpTo: eventsUpTo.subarray(0, length), othersUpTo: othersUpTo.subarray(0, length) };
}

/** Places of the scores, highest first; equal ones in their own order. */
function descending(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

function auc({ events, others, eventsUpTo, othersUpTo }: Steps): number {
  let area = 0;
  for (let step = 0; step < eventsUpTo.length; step += 1) {
    const width = (othersUpTo[step] as number) - (othersUpTo[step - 1] ?? 0);
    area += (width * ((eventsUpTo[step] as number) + (eventsUpTo[step - 1] ?? 0))) / 2;
  }
  return area / (events * others);
}

/** Sum over thresholds of (rise of recall) x precision, without interpolation (Manning, Raghavan and Schuetze 2008, section 8.4). */
function averagePrecision({ events, eventsUpTo, othersUpTo }: Steps): number {
  let sum = 0;
  for (let step = 0; step < eventsUpTo.length; step += 1) {
    const found = eventsUpTo[step] as number;
    sum += ((found - (eventsUpTo[step - 1] ?? 0)) * found) / (found + (othersUpTo[step] as number));
  }
  return sum / events;
}

/** Kolmogorov-Smirnov: the largest distance between the two classes' distributions of the score (Thomas, Edelman and Crook 2002, 7.4). */
function ks({ events, others, eventsUpTo, othersUpTo }: Steps): number {
  let most = 0;
  for (let step = 0; step < eventsUpTo.length; step += 1) {
    most = Math.max(most, Math.abs((eventsUpTo[step] as number) / events - (othersUpTo[step] as number) / others));
  }
  return most;
}

/** Rate of events among the share of rows scored highest, over the rate among all; rows that tie at the edge count in proportion. */
function liftAt({ events, others, eventsUpTo, othersUpTo }: Steps, share: number): number {
  const wanted = share * (events + others);
  let step = 0;
  while (step < eventsUpTo.length - 1 && (eventsUpTo[step] as number) + (othersUpTo[step] as number) < wanted) step += 1;
  const [before, found] = [eventsUpTo[step - 1] ?? 0, eventsUpTo[step] as number];
  const [rowsBefore, rows] = [before + (othersUpTo[step - 1] ?? 0), found + (othersUpTo[step] as number)];
  const inShare = before + ((found - before) * (wanted - rowsBefore)) / (rows - rowsBefore);
  return inShare / wanted / (events / (events + others));
}
