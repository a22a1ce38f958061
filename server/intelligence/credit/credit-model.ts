import { type Calibration, calibrated, numberColumn, PointsScorer, type Table } from "../learning/index.ts";
import type { Serving } from "../scores/index.ts";
import { type Characteristic, characteristicNames } from "./behaviour.ts";
import { withinAYear } from "./rules.ts";

/** In the register of models (`scores`). */
export const CREDIT_MODEL = "credit_default";

export function tableOf(rows: readonly Record<Characteristic, number>[]): Table {
  return {
    rows: rows.length,
    columns: characteristicNames.map((name) =>
      numberColumn(
        name,
        rows.map((row) => row[name]),
      ),
    ),
  };
}

export interface PointsPart {
  readonly characteristic: Characteristic;
  readonly value: number | null;
  readonly points: number;
  /** Points short of the best bin. */
  readonly lost: number;
}

export interface Scored {
  readonly points: number;
  /** Within twelve months. */
  readonly probability: number;
  /** Of the version in the shadow; null: there is none. */
  readonly challengerProbability: number | null;
  readonly parts: readonly PointsPart[];
}

/** The versions that serve, laid out for scoring. */
export class CreditScorer {
  readonly version: number;
  private readonly points: PointsScorer;
  private readonly calibration: Calibration | null;
  private readonly horizonMonths: number;
  private readonly challenger: Serving["challenger"];

  /** The register puts only scorecards in force here: who is judged must be told why, in points. */
  constructor({
    champion,
    challenger,
  }: { readonly champion: NonNullable<Serving["champion"]>; readonly challenger: Serving["challenger"] }) {
    const { model, calibration } = champion.ready;
    if (model.kind !== "scorecard") throw new TypeError("the champion of credit is no scorecard");
    this.version = champion.version;
    this.points = new PointsScorer(model);
    this.calibration = calibration;
    this.horizonMonths = champion.report.data.horizonMonths;
    this.challenger = challenger;
  }

  score(values: Record<Characteristic, number>): Scored {
    const parts = this.points.partsOf(values).map(({ characteristic, points, lost }) => {
      const value = values[characteristic as Characteristic];
      return { characteristic: characteristic as Characteristic, value: Number.isNaN(value) ? null : value, points, lost };
    });
    const points = parts.reduce((sum, part) => sum + part.points, 0);
    const raw = this.points.rawOf(points);
    const chance = this.calibration === null ? this.points.chanceOf(points) : calibrated(this.calibration, raw);
    return { points, probability: withinAYear(chance, this.horizonMonths), challengerProbability: this.challenged(values), parts };
  }

  private challenged(values: Record<Characteristic, number>): number | null {
    if (this.challenger === null) return null;
    const { ready, report } = this.challenger;
    return withinAYear(ready.chancesOf(tableOf([values]))[0] ?? 0, report.data.horizonMonths);
  }
}

/** Of what the register says is serving; null: customers are judged by their days past due. */
export function creditScorerOf({ champion, challenger }: Serving): CreditScorer | null {
  return champion === null ? null : new CreditScorer({ champion, challenger });
}
