import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import {
  categoryColumn,
  numberColumn,
  readModel,
  type Table,
  TreeExplainer,
  type TreeModel,
  TreeScorer,
  trainTrees,
  writeModel,
} from "../index.ts";

/** Rows with numbers, gaps, categories and an interaction; the target follows a known log-odds. */
function mixed(rows: number, seed: number): { table: Table; target: Float64Array } {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const list = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  const age = list(() => 18 + Math.floor(random() * 60));
  const balance = list(() => Math.exp(normal() * 1.5 + 7));
  const gaps = list(() => (random() < 0.2 ? Number.NaN : normal()));
  const noise = list(normal);
  const job = Array.from({ length: rows }, () => `job${Math.floor(random() ** 2 * 12)}`);
  const city = Array.from({ length: rows }, () => (random() < 0.1 ? null : `city${Math.floor(random() * 40)}`));
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const effect = ((Number((job[row] as string).slice(3)) * 7) % 5) - 2;
    const missing = Number.isNaN(gaps[row]) ? 0.8 : (gaps[row] as number) * 0.5;
    const odds = -1 + 0.04 * ((age[row] as number) - 45) + 0.5 * Math.log((balance[row] as number) / 1000) + missing + 0.6 * effect;
    return Number(random() < 1 / (1 + Math.exp(-odds)));
  });
  const columns = [
    numberColumn("age", age),
    numberColumn("balance", balance),
    numberColumn("gaps", gaps),
    numberColumn("noise", noise),
    categoryColumn("job", job),
    categoryColumn("city", city),
  ];
  return { table: { rows, columns }, target };
}

/** Shapley values by their definition: every subset of features, expectations over the covers of each tree. */
function bruteForce(model: TreeModel, row: Float64Array): number[] {
  const count = model.features.length;
  const expectation = (known: number): number =>
    model.trees.reduce((sum, tree) => {
      const below = (node: number): number => {
        const feature = tree.feature[node] as number;
        if (feature < 0) return tree.value[node] as number;
        const left = tree.children[node] as number;
        if ((known >> feature) & 1) {
          const value = row[feature] as number;
          const bound = tree.value[node] as number;
          const isIn = model.features[feature]?.kind === "category" ? (tree.sets[bound] as number[]).includes(value) : value <= bound;
          const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : isIn;
          return below(goesLeft ? left : left + 1);
        }
        const [a, b] = [tree.cover[left] as number, tree.cover[left + 1] as number];
        return (a * below(left) + b * below(left + 1)) / (a + b);
      };
      return sum + below(0);
    }, 0);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const bits = (set: number): number => (set === 0 ? 0 : (set & 1) + bits(set >> 1));
  const values = Array.from({ length: 2 ** count }, (_, set) => expectation(set));
  return Array.from({ length: count }, (_, feature) =>
    values.reduce((sum, value, set) => {
      if ((set >> feature) & 1) return sum;
      const weight = (factorial(bits(set)) * factorial(count - bits(set) - 1)) / factorial(count);
      return sum + weight * ((values[set | (1 << feature)] as number) - value);
    }, 0),
  );
}

test("contributions equal brute-force Shapley values and add up to the score", () => {
  const data = mixed(1500, 3);
  const model = trainTrees(data, { roundsMax: 8, learningRate: 0.3, leavesMax: 12, minLeafRows: 5 });
  const scorer = new TreeScorer(model);
  const explainer = new TreeExplainer(scorer);
  scorer.eachBlock({ rows: 12, columns: data.table.columns }, (block, _, rows, width) => {
    for (let index = 0; index < rows; index += 1) {
      const row = block.slice(index * width, (index + 1) * width);
      const contributions = explainer.contributionsOf(row);
      const exact = bruteForce(model, row);
      contributions.forEach((value, feature) => {
        expect(Math.abs(value - (exact[feature] as number))).toBeLessThan(1e-9);
      });
      const sum = contributions.reduce((a, b) => a + b, explainer.expectedRaw());
      expect(Math.abs(sum - scorer.rawOfRow(row))).toBeLessThan(1e-9);
    }
  });
});

test("training twice gives the same bytes, another seed others", () => {
  const data = mixed(2000, 4);
  const text = writeModel(trainTrees(data, { roundsMax: 20 }));
  expect(writeModel(trainTrees(data, { roundsMax: 20 }))).toBe(text);
  expect(writeModel(trainTrees(data, { roundsMax: 20, seed: 2 }))).not.toBe(text);
});

test("a model read back scores alike; an altered file is refused", () => {
  const data = mixed(1000, 5);
  const model = trainTrees(data, { roundsMax: 10 });
  const text = writeModel(model);
  const back = readModel<TreeModel>(text, "trees");
  expect(new TreeScorer(back).meansOfTable(data.table)).toEqual(new TreeScorer(model).meansOfTable(data.table));
  const altered = text.replace(/"baseScores":\[-?0\.(\d)/, (start, digit) => start.replace(digit, String((Number(digit) + 1) % 10)));
  expect(altered).not.toBe(text);
  expect(() => readModel(altered, "trees")).toThrow("altered");
  expect(() => readModel(text.slice(0, -20), "trees")).toThrow("damaged");
});
