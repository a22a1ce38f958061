import { expect, test, vi } from "vitest";
import { syntheticRows } from "../../../../bench/learning-rows.ts";
import { seededRandom } from "../../../platform/random/index.ts";
import {
  areaUnderCurve,
  categoryColumn,
  gainImportance,
  numberColumn,
  permutationImportance,
  type Table,
  TreeExplainer,
  TreeScorer,
  takeRows,
  trainTrees,
} from "../index.ts";

vi.setConfig({ testTimeout: 60_000 });

const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, place) => from + place);
const uniform = (count: number, seed: number) => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: count }, random);
};

test("45,000 mixed rows: AUC of 0.84 and near the best that can be reached", () => {
  const { table, target, logOdds } = syntheticRows(45_000, 7);
  const model = trainTrees(
    { table: takeRows(table, rows(0, 36_000)), target: target.slice(0, 36_000) },
    { roundsMax: 100, learningRate: 0.1, leavesMax: 31 },
  );
  const later = target.slice(36_000);
  const auc = areaUnderCurve(later, new TreeScorer(model).meansOfTable(takeRows(table, rows(36_000, 45_000))));
  expect(auc).toBeGreaterThan(0.84);
  expect(auc).toBeGreaterThan(areaUnderCurve(later, logOdds.slice(36_000)) - 0.04);
});

test("one row, many rows and a row by names score alike, categories never seen and infinite numbers included", () => {
  const { table, target } = syntheticRows(3000, 1);
  const scorer = new TreeScorer(trainTrees({ table, target }, { roundsMax: 20 }));
  const many = scorer.meansOfTable(table);
  scorer.eachBlock({ rows: 5, columns: table.columns }, (block, _, count, width) => {
    for (let row = 0; row < count; row += 1) expect(scorer.meansOfRow(block.slice(row * width, (row + 1) * width))[0]).toBe(many[row]);
  });
  const named = Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      column.kind === "number" ? (column.values[3] as number) : (column.categories[column.codes[3] as number] as string),
    ]),
  );
  expect(scorer.meansOfRow(scorer.encode(named))[0]).toBe(many[3]);
  for (const odd of [{ balance: Infinity }, { balance: -Infinity }, { kind12: "never seen" }, { kind12: null, age: null }]) {
    const chance = scorer.meansOfRow(scorer.encode({ ...named, ...odd }))[0] as number;
    expect(chance > 0 && chance < 1).toBe(true);
  }
});

test("training sees an infinite number as beyond every other", () => {
  const values = Float64Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? Infinity : row));
  const target = Float64Array.from({ length: 400 }, (_, row) => Number(row % 2 === 0));
  const table = { rows: 400, columns: [numberColumn("x", values)] };
  const scorer = new TreeScorer(trainTrees({ table, target }, { roundsMax: 30, learningRate: 0.3 }));
  const chances = scorer.meansOfTable(table);
  expect(chances[0]).toBeGreaterThan(0.9);
  expect(chances[1]).toBeLessThan(0.1);
  expect(scorer.meansOfRow(scorer.encode({ x: Infinity }))[0]).toBe(chances[0]);
});

test("a monotone column's score never turns round, whatever the other columns say; a free one's does", () => {
  const count = 4000;
  const [x, z, noise] = [uniform(count, 1), uniform(count, 2), uniform(count, 3)];
  const target = x.map((value, row) =>
    Number((noise[row] as number) < (value > 0.4 && value < 0.6 ? 0.2 : value * 0.7 + 0.2 * (z[row] as number))),
  );
  const table = { rows: count, columns: [numberColumn("x", x), numberColumn("z", z)] };
  const falls = (monotone: Record<string, 1 | -1>, sign: 1 | -1) => {
    const scorer = new TreeScorer(trainTrees({ table, target }, { roundsMax: 60, learningRate: 0.2, minLeafRows: 5, monotone }));
    return [0.1, 0.5, 0.9].some((other) => {
      const scores = Array.from({ length: 500 }, (_, step) => scorer.rawOfRow(scorer.encode({ x: step / 500, z: other })));
      return scores.some((score, step) => step > 0 && sign * (score - (scores[step - 1] as number)) < -1e-12);
    });
  };
  expect(falls({}, 1)).toBe(true);
  expect(falls({ x: 1 }, 1)).toBe(false);
  expect(falls({ x: -1 }, -1)).toBe(false);
});

test("no leaf holds fewer rows than was asked for", () => {
  const { table, target } = syntheticRows(2000, 10);
  const model = trainTrees({ table, target }, { roundsMax: 40, minLeafRows: 50, rowShare: 1 });
  const covers = model.trees.flatMap(({ feature, cover }) => cover.filter((_, node) => feature[node] === -1));
  expect(covers.length).toBeGreaterThan(100);
  expect(Math.min(...covers)).toBeGreaterThanOrEqual(50);
});

test("where values are missing the way is learned", () => {
  const x = uniform(2000, 5).map((value) => (value < 0.3 ? Number.NaN : value));
  const target = x.map((value) => Number(Number.isNaN(value) || value > 0.9));
  const table = { rows: 2000, columns: [numberColumn("x", x)] };
  const chances = new TreeScorer(trainTrees({ table, target }, { roundsMax: 60, learningRate: 0.2 })).meansOfTable(table);
  expect(areaUnderCurve(target, chances)).toBeGreaterThan(0.999);
});

test("a column of a thousand random names does not hide the one that tells", () => {
  const count = 6000;
  const random = seededRandom(6);
  const x = uniform(count, 7);
  const target = x.map((value) => Number(random() < (value > 0.5 ? 0.7 : 0.3)));
  const names = Array.from({ length: count }, () => `name${Math.floor(random() * 1000)}`);
  const table = { rows: count, columns: [numberColumn("x", x), categoryColumn("name", names)] };
  const model = trainTrees({ table: takeRows(table, rows(0, 4000)), target: target.slice(0, 4000) });
  const auc = areaUnderCurve(target.slice(4000), new TreeScorer(model).meansOfTable(takeRows(table, rows(4000, 6000))));
  expect(auc).toBeGreaterThan(
    areaUnderCurve(
      target.slice(4000),
      x.slice(4000).map((value) => Number(value > 0.5)),
    ) - 0.03,
  );
});

test("categories that matter are told apart, the never seen among the others", () => {
  const count = 4000;
  const random = seededRandom(8);
  const names = Array.from({ length: count }, () => `city${Math.floor(random() * 30)}`);
  const target = Float64Array.from(names, (name) => Number(random() < (Number(name.slice(4)) % 2 === 0 ? 0.9 : 0.1)));
  const table = { rows: count, columns: [categoryColumn("city", names)] };
  const chances = new TreeScorer(trainTrees({ table, target })).meansOfTable(table);
  expect(areaUnderCurve(target, chances)).toBeGreaterThan(0.85);
});

test("a row of weight three counts as three rows", () => {
  const { table, target } = syntheticRows(1500, 2);
  const weights = Float64Array.from(target, (value) => (value === 1 ? 3 : 1));
  const places = Int32Array.from([
    ...rows(0, 1500),
    ...rows(0, 1500).filter((row) => target[row] === 1),
    ...rows(0, 1500).filter((row) => target[row] === 1),
  ]);
  const whole = { roundsMax: 5, rowShare: 1, columnShare: 1, minLeafRows: 1, categoriesMax: 0, binsMax: 16 };
  const numbers: Table = { rows: 1500, columns: table.columns.filter(({ kind, name }) => kind === "number" && name === "age") };
  const weighted = new TreeScorer(trainTrees({ table: numbers, target, weights }, whole)).rawOfTable(numbers);
  const repeated = new TreeScorer(
    trainTrees({ table: takeRows(numbers, places), target: Float64Array.from(places, (row) => target[row] as number) }, whole),
  );
  const mean = (list: Float64Array) => list.reduce((a, b) => a + b, 0) / list.length;
  expect(mean(weighted)).toBeCloseTo(mean(repeated.rawOfTable(numbers)), 1);
});

test("counts and sums: Poisson, Tweedie and squared loss find the mean of each group; softmax the share of each class", () => {
  const count = 3000;
  const random = seededRandom(12);
  const group = Float64Array.from({ length: count }, () => Math.floor(random() * 3));
  const means = [0.2, 1, 3];
  const target = group.map((place) => {
    let events = 0;
    for (let limit = Math.exp(-(means[place] as number)), product = random(); product > limit; product *= random()) events += 1;
    return events;
  });
  const table = { rows: count, columns: [numberColumn("group", group)] };
  const observed = means.map((_, place) => {
    const mine = target.filter((_, row) => group[row] === place);
    return mine.reduce((a, b) => a + b, 0) / mine.length;
  });
  for (const objective of ["poisson", "tweedie", "squared"] as const) {
    const scorer = new TreeScorer(trainTrees({ table, target }, { objective, roundsMax: 150, learningRate: 0.1, columnShare: 1 }));
    observed.forEach((mean, place) => {
      expect(scorer.meansOfRow(scorer.encode({ group: place }))[0]).toBeCloseTo(mean, 1);
    });
  }
  const classes = target.map((value) => Math.min(value, 2));
  const softmax = new TreeScorer(
    trainTrees({ table, target: classes }, { objective: "softmax", classes: 3, roundsMax: 60, learningRate: 0.1 }),
  );
  const chances = softmax.meansOfRow(softmax.encode({ group: 2 }));
  expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(chances[2]).toBeGreaterThan(0.7);
  const explainer = new TreeExplainer(softmax);
  const row = softmax.encode({ group: 2 });
  expect(explainer.expectedRaw(2) + (explainer.contributionsOf(row, 2)[0] as number)).toBeCloseTo(softmax.rawOfRow(row, 2), 9);
});

test("training stops where the loss on rows apart is least, and keeps that round", () => {
  const { table, target } = syntheticRows(3000, 9);
  const [learn, apart] = [rows(0, 1500), rows(1500, 3000)];
  const validation = { table: takeRows(table, apart), target: target.slice(1500) };
  const training = { table: takeRows(table, learn), target: target.slice(0, 1500), validation };
  const stopped = trainTrees(training, { roundsMax: 150, learningRate: 0.3, patienceRounds: 10 });
  const longer = trainTrees(training, { roundsMax: 150, learningRate: 0.3, patienceRounds: 0 });
  expect(stopped.trees.length).toBeLessThan(120);
  expect(longer.trees.length).toBeGreaterThanOrEqual(stopped.trees.length);
  expect(longer.validationLoss).toBeLessThanOrEqual(stopped.validationLoss as number);
});

test("what matters is named first by gain and by dealing anew; noise is worth nothing", () => {
  const count = 3000;
  const random = seededRandom(13);
  const [x, noise] = [uniform(count, 14), uniform(count, 15)];
  const target = x.map((value) => Number(random() < value));
  const table = { rows: count, columns: [numberColumn("noise", noise), numberColumn("x", x)] };
  const model = trainTrees({ table, target });
  expect(gainImportance(model)[0]?.feature).toBe("x");
  const scorer = new TreeScorer(model);
  const dealt = permutationImportance(table, (rows) => areaUnderCurve(target, scorer.meansOfTable(rows)));
  expect(dealt[0]?.feature).toBe("x");
  expect(dealt[0]?.importance).toBeGreaterThan(5 * (dealt[1]?.importance ?? 1));
});

test("constant, empty and all-missing columns tell nothing and break nothing", () => {
  const target = uniform(300, 16).map((value) => Number(value > 0.5));
  const nothing = {
    rows: 300,
    columns: [
      numberColumn("constant", new Float64Array(300).fill(4)),
      numberColumn("missing", new Float64Array(300).fill(Number.NaN)),
      categoryColumn("empty", new Array<null>(300).fill(null)),
      categoryColumn(
        "names",
        Array.from({ length: 300 }, (_, row) => `name${row}`),
      ),
    ],
  };
  const chances = new TreeScorer(trainTrees({ table: nothing, target })).meansOfTable(nothing);
  expect(new Set(chances).size).toBe(1);
});

test("what cannot be learned from is refused with its reason", () => {
  const table = { rows: 4, columns: [numberColumn("x", [1, 2, 3, 4])] };
  const refusal = (target: number[], options = {}) => {
    try {
      trainTrees({ table, target: Float64Array.from(target) }, options);
      return null;
    } catch (error) {
      return (error as { code: string; message: string }).message;
    }
  };
  expect(refusal([1, 1, 1, 1])).toContain("one class only");
  expect(refusal([0, 1])).toContain("4 entries");
  expect(refusal([0, 1, 2, 0])).toContain("logistic");
  expect(refusal([0, 1, -2, 0], { objective: "poisson" })).toContain("poisson");
  expect(refusal([0, 1, 1, 0], { monotone: { y: 1 } })).toContain("monotone");
  expect(() => trainTrees({ table: { rows: 0, columns: [] }, target: new Float64Array(0) })).toThrow("no rows");
});
