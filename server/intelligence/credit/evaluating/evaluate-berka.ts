import { areaUnderCurve, PointsScorer, type Table, TreeScorer, takeRows, trainTrees } from "../../learning/index.ts";
import { directedScorecard } from "../../scores/index.ts";
import { characteristics, characteristicsOf } from "../behaviour.ts";
import { tableOf } from "../credit-model.ts";
import { readBerka } from "./read-berka.ts";

const EARLY_SHARE = 0.6;

export interface BerkaPart {
  readonly loans: number;
  readonly bad: number;
  readonly championAuc: number;
  readonly challengerAuc: number;
  /** The height of the instalment alone: what a clerk without the transactions would go by. */
  readonly baselineAuc: number;
}

export interface BerkaEvaluation {
  readonly loans: number;
  readonly bad: number;
  readonly withTransactions: number;
  readonly characteristics: readonly string[];
  readonly seconds: number;
  /** Learned from the loans before the day by which 60 % of those with transactions were granted, judged on the later ones. */
  readonly learnedFrom: number;
  readonly later: BerkaPart;
  readonly laterWithTransactions: BerkaPart;
}

/** Scores the loans of the Berka set by the product's own characteristics, by time. Fails with invalid_input where files are missing. */
export function evaluateBerka(folder: string, nowMs: () => number = () => performance.now()): BerkaEvaluation {
  const began = nowMs();
  const loans = readBerka(folder).sort((a, b) => a.day - b.day || (a.loanId < b.loanId ? -1 : 1));
  const table = tableOf(loans.map(({ history, asOfDay, instalment }) => characteristicsOf(history, asOfDay, instalment)));
  const target = Float64Array.from(loans, ({ isBad }) => (isBad ? 1 : 0));
  const told = (row: number) => (loans[row]?.history.months.length ?? 0) > 0;
  const withTransactions = [...loans.keys()].filter(told);
  const cut = withTransactions[Math.round(withTransactions.length * EARLY_SHARE)] ?? loans.length;
  const early = Int32Array.from(loans.keys()).filter((row) => row < cut);
  const known = Float64Array.from(early, (row) => target[row] as number);
  const seen = takeRows(table, early);
  const champion = new PointsScorer(directedScorecard(seen, known, characteristics));
  const challenger = new TreeScorer(
    trainTrees({ table: informative(seen), target: known }, { roundsMax: 120, monotone: monotoneOf(informative(seen)), seed: 1 }),
  );
  const part = (rows: Int32Array): BerkaPart => {
    const of = takeRows(table, rows);
    const outcome = Float64Array.from(rows, (row) => target[row] as number);
    return {
      loans: rows.length,
      bad: outcome.reduce((a, b) => a + b, 0),
      championAuc: areaUnderCurve(
        outcome,
        champion.pointsOfTable(of).map((points) => -points),
      ),
      challengerAuc: areaUnderCurve(outcome, challenger.rawOfTable(of)),
      baselineAuc: areaUnderCurve(
        outcome,
        Float64Array.from(rows, (row) => loans[row]?.instalment ?? 0),
      ),
    };
  };
  const late = Int32Array.from(loans.keys()).filter((row) => row >= cut);
  return {
    loans: loans.length,
    bad: target.reduce((a, b) => a + b, 0),
    withTransactions: withTransactions.length,
    characteristics: champion.model.characteristics.map(({ name }) => name),
    seconds: (nowMs() - began) / 1000,
    learnedFrom: cut,
    later: part(late),
    laterWithTransactions: part(late.filter(told)),
  };
}

/** Trees cannot be held to the direction of a column that is empty. */
function informative({ rows, columns }: Table): Table {
  return { rows, columns: columns.filter((column) => column.kind === "number" && column.values.some((value) => !Number.isNaN(value))) };
}

function monotoneOf({ columns }: Table): Record<string, 1 | -1> {
  return Object.fromEntries(Object.entries(characteristics).filter(([name]) => columns.some((column) => column.name === name)));
}
