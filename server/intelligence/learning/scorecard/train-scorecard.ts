import { DomainError } from "../../../platform/errors/index.ts";
import { fitLogistic, type LogisticFit } from "../regression/fit-logistic.ts";
import type { Table } from "../tables/table.ts";
import { binEvidence } from "./bin-evidence.ts";
import { placesOf } from "./place-in-bin.ts";
import type { Characteristic, ScorecardModel, ScorecardOptions } from "./scorecard-model.ts";

/**
 * The default by the number of rows alone: bins of 50 rows or more, between 1 % and 5 % of all; from 20 (to 3,000 rows) to 50 fine bins
 * (from 8,000) and from 10 to 20 bins in the end, because more rows tell more rates apart.
 */
export function defaultScorecardOptions(rows: number): ScorecardOptions {
  const between = (low: number, value: number, high: number) => Math.min(Math.max(value, low), high);
  return {
    pointsToDouble: 20,
    basePoints: 600,
    baseOdds: 50,
    fineBins: between(20, Math.round(rows / 160), 50),
    binsMax: between(10, Math.round(rows / 400), 20),
    binShareMin: between(0.01, 50 / rows, 0.05),
    chiSquareMin: 2,
    monotone: false,
    informationValueMin: 0.005,
    characteristicsMax: 40,
    ridge: 5,
  };
}

type Binned = Omit<Characteristic, "coefficient">;

/**
 * A points scorecard (Siddiqi 2006; Thomas, Edelman and Crook 2002): weights of evidence, logistic regression on them, points.
 * Target 1 is the event the bank looks out for: default, leaving, or a purchase; more points always mean a less likely event. A
 * characteristic whose coefficient would turn its own evidence round is left out, so that points never contradict the bins' rates.
 * Fails with invalid_input: one class only, no rows, no column that tells anything.
 */
export function trainScorecard(table: Table, target: Float64Array, chosen: Partial<ScorecardOptions> = {}): ScorecardModel {
  const options = { ...defaultScorecardOptions(table.rows), ...chosen };
  if (target.every((value) => value === target[0])) throw new DomainError("invalid_input", "all rows have the same target: one class only");
  const binned = table.columns
    .map((column) => binEvidence(column, target, options))
    .filter(({ bins, informationValue }) => bins.length > 1 && informationValue >= options.informationValueMin)
    .sort((a, b) => b.informationValue - a.informationValue || (a.name < b.name ? -1 : 1))
    .slice(0, options.characteristicsMax);
  if (binned.length === 0)
    throw new DomainError("invalid_input", "no column tells anything of the target: there is nothing to make a scorecard of");
  const { kept, fit } = fitInOneSense(binned, table, target, options);
  return {
    kind: "scorecard",
    version: 1,
    options,
    trainedRows: table.rows,
    characteristics: kept.map((characteristic, place) =>
      withPoints(characteristic, fit.coefficients[place] as number, fit.intercept, kept.length, options),
    ),
    intercept: fit.intercept,
  };
}

function fitInOneSense(binned: readonly Binned[], table: Table, target: Float64Array, options: ScorecardOptions) {
  let kept = [...binned];
  for (;;) {
    const fit: LogisticFit = fitLogistic(evidenceOf(kept, table), target, null, { ridge: options.ridge });
    const worst = fit.coefficients.indexOf(Math.max(...fit.coefficients));
    if (kept.length === 1 || !((fit.coefficients[worst] as number) >= 0)) return { kept, fit };
    kept = kept.toSpliced(worst, 1);
  }
}

function evidenceOf(characteristics: readonly Binned[], table: Table) {
  const width = characteristics.length;
  const values = new Float64Array(table.rows * width);
  characteristics.forEach((characteristic, first) => {
    const evidence = characteristic.bins.map(({ weightOfEvidence }) => weightOfEvidence);
    placesOf(characteristic, table).forEach((bin, row) => {
      values[row * width + first] = evidence[bin] ?? 0;
    });
  });
  return { rows: table.rows, width, values };
}

/** points = -(coefficient x evidence + intercept / n) x factor + offset / n, with factor = pointsToDouble / ln 2 and offset = basePoints - factor x ln baseOdds. */
function withPoints(
  characteristic: Binned,
  coefficient: number,
  intercept: number,
  count: number,
  options: ScorecardOptions,
): Characteristic {
  const { factor, offset } = scaleOf(options);
  const bins = characteristic.bins.map((bin) => ({
    ...bin,
    points: -(coefficient * bin.weightOfEvidence + intercept / count) * factor + offset / count,
  }));
  return { ...characteristic, bins, coefficient };
}

export function scaleOf({ pointsToDouble, basePoints, baseOdds }: ScorecardOptions): { factor: number; offset: number } {
  const factor = pointsToDouble / Math.LN2;
  return { factor, offset: basePoints - factor * Math.log(baseOdds) };
}
