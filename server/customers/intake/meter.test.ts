import { expect, test } from "vitest";
import type { DeliveredFile } from "./load-plan.ts";
import { Meter } from "./meter.ts";

const fileOf = (place: number, bytes: number) => ({ place, identity: { name: `f${place}.csv`, bytes } }) as DeliveredFile;

test("a load moves while its first chunk is worked on, never back, and ends at its whole size", () => {
  const files = [fileOf(0, 1000), fileOf(1, 500)];
  const meter = new Meter(files);
  const seen: { rows: number; bytes: number }[] = [];
  const look = () => seen.push({ rows: meter.progress().rows, bytes: meter.progress().bytes });
  look();
  meter.begin(files[0] as DeliveredFile);
  meter.read(600);
  look();
  const first = meter.take(60, 600);
  look();
  first(0.5);
  look();
  meter.read(1000);
  const second = meter.take(40, 1000);
  look();
  first(1);
  look();
  meter.begin(files[1] as DeliveredFile);
  look();
  second(1);
  look();
  meter.take(50, 500)(1);
  look();
  expect(seen.map(({ bytes }) => bytes)).toEqual([...seen.map(({ bytes }) => bytes)].sort((a, b) => a - b));
  expect(seen.map(({ rows }) => rows)).toEqual([...seen.map(({ rows }) => rows)].sort((a, b) => a - b));
  expect(seen[3]?.rows).toBeGreaterThan(0);
  expect(seen[3]?.rows).toBeLessThan(60);
  expect(meter.progress()).toMatchObject({ rows: 150, bytes: 1500, ofBytes: 1500, file: "f1.csv", fileNo: 2, files: 2 });
});

test("of a load that goes on, what was landed before counts as bytes behind it, not as rows of this run", () => {
  const file = fileOf(0, 1000);
  const meter = new Meter([file]);
  meter.begin(file);
  meter.take(10, 900)(1);
  expect(meter.progress()).toMatchObject({ rows: 10, bytes: 900 });
});
