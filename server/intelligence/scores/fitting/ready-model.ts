import { assertNever } from "../../../platform/errors/index.ts";
import {
  type Calibration,
  calibrated,
  gainImportance,
  type Importance,
  PointsScorer,
  type ScorecardModel,
  type Table,
  TreeExplainer,
  type TreeModel,
  TreeScorer,
} from "../../learning/index.ts";

export type TrainedModel = TreeModel | ScorecardModel;

/** What pushed a row's score: log-odds of the event, above 0 towards it; and what the row has there (null: missing). */
export interface Push {
  readonly fact: string;
  readonly push: number;
  readonly value: number | string | null;
}

/** A model ready to score: build once, keep. */
export class ReadyModel {
  readonly model: TrainedModel;
  readonly calibration: Calibration | null;
  private readonly trees: TreeScorer | null;
  private readonly explainer: TreeExplainer | null;
  private readonly points: PointsScorer | null;

  constructor(model: TrainedModel, calibration: Calibration | null) {
    this.model = model;
    this.calibration = calibration;
    this.trees = model.kind === "trees" ? new TreeScorer(model) : null;
    this.explainer = this.trees === null ? null : new TreeExplainer(this.trees);
    this.points = model.kind === "scorecard" ? new PointsScorer(model) : null;
  }

  /** Log-odds as the model learned them, before calibration. Fails with invalid_input where a column is missing. */
  rawOf(table: Table): Float64Array {
    const { points } = this;
    if (points !== null) return points.pointsOfTable(table).map((sum) => points.rawOf(sum));
    return (this.trees as TreeScorer).rawOfTable(table);
  }

  /** Calibrated chances of the event. */
  chancesOf(table: Table): Float64Array {
    return this.rawOf(table).map((raw) => (this.calibration === null ? 1 / (1 + Math.exp(-raw)) : calibrated(this.calibration, raw)));
  }

  /** Points of a scorecard's rows; null for other kinds. */
  pointsOf(table: Table): Float64Array | null {
    return this.points?.pointsOfTable(table) ?? null;
  }

  /** What pushed one row most, either way, strongest first: Shapley values of trees, points against the average row of a scorecard. */
  pushesOf(table: Table, row: number, most: number): Push[] {
    const named = namedRow(table, row);
    const pushes = this.points === null ? this.treePushes(named) : cardPushes(this.points, named);
    return pushes
      .filter(({ push }) => Math.abs(push) > 1e-9)
      .sort((a, b) => Math.abs(b.push) - Math.abs(a.push) || (a.fact < b.fact ? -1 : 1))
      .slice(0, most);
  }

  /** Names of the columns it reads. */
  get features(): readonly { readonly name: string; readonly kind: "number" | "category" }[] {
    return this.model.kind === "trees" ? this.model.features : this.model.characteristics;
  }

  /** How much each column takes part: share of the loss taken away, or of the information value. */
  importance(): Importance[] {
    const { model } = this;
    switch (model.kind) {
      case "trees":
        return gainImportance(model);
      case "scorecard": {
        const total = model.characteristics.reduce((sum, { informationValue }) => sum + informationValue, 0) || 1;
        return model.characteristics.map(({ name, informationValue }) => ({ feature: name, importance: informationValue / total }));
      }
      default:
        return assertNever(model);
    }
  }

  private treePushes(named: Readonly<Record<string, number | string | null>>): Push[] {
    const [scorer, explainer] = [this.trees as TreeScorer, this.explainer as TreeExplainer];
    const contributions = explainer.contributionsOf(scorer.encode(named));
    return scorer.model.features.map(({ name }, place) => ({
      fact: name,
      push: contributions[place] as number,
      value: named[name] ?? null,
    }));
  }
}

function cardPushes(points: PointsScorer, named: Readonly<Record<string, number | string | null>>): Push[] {
  return points.pushesOf(named).map(({ characteristic, push, value }) => ({ fact: characteristic, push, value }));
}

function namedRow(table: Table, row: number): Record<string, number | string | null> {
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.kind === "number") {
        const value = column.values[row] as number;
        return [column.name, Number.isNaN(value) ? null : value];
      }
      const code = column.codes[row] as number;
      return [column.name, code < 0 ? null : (column.categories[code] as string)];
    }),
  );
}
