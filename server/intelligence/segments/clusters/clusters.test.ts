import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import { clusterFacts, findClusters } from "./find-clusters.ts";
import { adjustedRand, silhouette } from "./judge-clusters.ts";
import { cluster } from "./k-means.ts";

const random = seededRandom(7);
const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());

test("three groups far apart are found, are three, and come out the same twice", () => {
  const kinds = Array.from({ length: 300 }, (_, at) => at % 3);
  const columns = clusterFacts.map((_, column) => Float64Array.from(kinds, (kind) => ((column + kind) % 3) * 40 + 50 + normal()));
  const found = findClusters(columns, 1);
  expect(found).toMatchObject({ k: 3, customers: 300 });
  expect(found?.stability).toBeCloseTo(1, 6);
  expect(found?.clusters.map(({ customers }) => customers)).toEqual([100, 100, 100]);
  expect(findClusters(columns, 1)).toEqual(found);
});

test("customers without any structure give no stable clusters; too few give none at all", () => {
  const columns = clusterFacts.map(() => Float64Array.from({ length: 400 }, () => 1000 + 50 * normal()));
  expect(findClusters(columns, 1)?.silhouette).toBeLessThan(0.3);
  expect(
    findClusters(
      columns.map((column) => column.slice(0, 19)),
      1,
    ),
  ).toBeNull();
});

test("columns that are constant, empty or unknown disturb nothing", () => {
  const columns = clusterFacts.map((_, column) =>
    Float64Array.from({ length: 60 }, (_, at) => (column === 0 ? (at % 2) * 90 : column % 2 === 0 ? Number.NaN : 5)),
  );
  const found = findClusters(columns, 1);
  expect(found?.k).toBe(2);
  expect(found?.space.centres.flat().every(Number.isFinite)).toBe(true);
});

test("the adjusted Rand index of the same is 1 whatever the names, and the silhouette of two far points is 1", () => {
  expect(adjustedRand(Int32Array.of(0, 0, 1, 1), Int32Array.of(1, 1, 0, 0))).toBe(1);
  expect(adjustedRand(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 0, 1))).toBeCloseTo(-0.5, 12);
  const points = { values: Float64Array.of(0, 0, 10, 10), width: 1 };
  expect(silhouette(points, cluster(points, 2, [1]).assigned)).toBe(1);
});
