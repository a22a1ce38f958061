import type { Table } from "../tables/table.ts";
import type { NamedRow } from "../trees/score-trees.ts";
import { binFinder, placesOf } from "./place-in-bin.ts";
import type { Characteristic, ScorecardModel } from "./scorecard-model.ts";
import { scaleOf } from "./train-scorecard.ts";

/** Where a row lost points: what a refusal must name (ECOA, Regulation B 12 CFR 1002.9; EU consumer credit directive). */
export interface PointsReason {
  readonly characteristic: string;
  readonly value: number | string | null;
  readonly points: number;
  /** Points short of what it is measured against. */
  readonly lost: number;
}

/** A scorecard ready to score. Points add up; chance is that of the event. */
export class PointsScorer {
  readonly model: ScorecardModel;
  private readonly characteristics: readonly {
    readonly of: Characteristic;
    readonly find: ReturnType<typeof binFinder>;
    readonly neutral: number;
    readonly best: number;
    readonly average: number;
  }[];

  constructor(model: ScorecardModel) {
    this.model = model;
    const { factor, offset } = scaleOf(model.options);
    const neutral = (offset - model.intercept * factor) / model.characteristics.length;
    this.characteristics = model.characteristics.map((of) => {
      const rows = of.bins.reduce((sum, { events, others }) => sum + events + others, 0);
      const average = of.bins.reduce((sum, { events, others, points }) => sum + ((events + others) / rows) * points, 0);
      return { of, find: binFinder(of), neutral, best: Math.max(...of.bins.map(({ points }) => points)), average };
    });
  }

  /** Sum of points of every row. Fails with invalid_input where a column is missing. */
  pointsOfTable(table: Table): Float64Array {
    const sums = new Float64Array(table.rows);
    for (const { of, neutral } of this.characteristics) {
      const points = of.bins.map((bin) => bin.points);
      placesOf(of, table).forEach((bin, row) => {
        sums[row] = (sums[row] as number) + (points[bin] ?? neutral);
      });
    }
    return sums;
  }

  pointsOfRow(row: NamedRow): number {
    return this.characteristics.reduce((sum, { of, find, neutral }) => sum + (of.bins[find(row[of.name])]?.points ?? neutral), 0);
  }

  /** ln-odds of the event = (offset - points) / factor. */
  rawOf(points: number): number {
    const { factor, offset } = scaleOf(this.model.options);
    return (offset - points) / factor;
  }

  chanceOf(points: number): number {
    return 1 / (1 + Math.exp(-this.rawOf(points)));
  }

  chancesOfTable(table: Table): Float64Array {
    return this.pointsOfTable(table).map((points) => this.chanceOf(points));
  }

  /** The points of every characteristic, in the order of the scorecard: they add up to `pointsOfRow`. */
  partsOf(row: NamedRow, against: "best" | "average" = "best"): PointsReason[] {
    return this.characteristics.map(({ of, find, neutral, ...levels }) => {
      const points = of.bins[find(row[of.name])]?.points ?? neutral;
      return { characteristic: of.name, value: row[of.name] ?? null, points, lost: levels[against] - points };
    });
  }

  /** The characteristics that cost most points against the best bin, or against the average row; at most `most`, none that cost nothing. */
  reasonsOf(row: NamedRow, most = 4, against: "best" | "average" = "best"): PointsReason[] {
    return this.partsOf(row, against)
      .filter(({ lost }) => lost > 1e-9)
      .sort((a, b) => b.lost - a.lost || (a.characteristic < b.characteristic ? -1 : 1))
      .slice(0, most);
  }

  /** What each characteristic adds to the ln-odds of the event against the average row; the pushes and the average's ln-odds add up. */
  pushesOf(row: NamedRow): { characteristic: string; value: number | string | null; push: number }[] {
    const { factor } = scaleOf(this.model.options);
    return this.characteristics.map(({ of, find, neutral, average }) => ({
      characteristic: of.name,
      value: row[of.name] ?? null,
      push: (average - (of.bins[find(row[of.name])]?.points ?? neutral)) / factor,
    }));
  }
}
