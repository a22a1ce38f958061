import { type ScorecardModel, type ScorecardOptions, type Table, trainScorecard } from "../../learning/index.ts";

/** Column name -> +1: riskier as the value rises; -1: safer. */
export type Directions = Readonly<Record<string, 1 | -1>>;

/**
 * A scorecard that can be explained to whom it judges: a characteristic whose points run against what everybody knows of it is left out, and the next one
 * is tried. For rare events: bins wide enough, and characteristics few enough, for the events there are. Fails as trainScorecard does.
 */
export function directedScorecard(
  table: Table,
  target: Float64Array,
  directions: Directions,
  options: Partial<ScorecardOptions> = {},
): ScorecardModel {
  let columns = table.columns;
  for (;;) {
    const model = trainScorecard({ rows: table.rows, columns }, target, { ...forRareEvents(target), ...options });
    const wrong = model.characteristics.filter(({ name, bins }) => {
      const numbers = bins.filter(({ upTo }) => upTo !== undefined);
      const rise = (numbers.at(-1)?.points ?? 0) - (numbers[0]?.points ?? 0);
      return rise * (directions[name] ?? 0) > 0;
    });
    if (wrong.length === 0 || wrong.length === columns.length) return model;
    columns = columns.filter(({ name }) => !wrong.some((one) => one.name === name));
  }
}

/** Some ten events a characteristic (Peduzzi et al. 1996). */
function forRareEvents(target: Float64Array): Partial<ScorecardOptions> {
  const events = target.reduce((a, b) => a + b, 0);
  return {
    monotone: true,
    binShareMin: Math.min(0.2, Math.max(0.01, 15 / target.length)),
    chiSquareMin: 3.84,
    binsMax: Math.max(3, Math.min(8, Math.round(events / 8))),
    characteristicsMax: Math.max(3, Math.round(events / 8)),
    informationValueMin: 0.1,
  };
}
