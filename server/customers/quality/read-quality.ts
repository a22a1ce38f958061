import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { type Dimension, dimensions, QUALITY_BRANCHES_MAX, type QualityField } from "./contract.ts";
import { type Measure, measures } from "./measures.ts";
import { dayBefore, scoreOf } from "./rules.ts";
import * as store from "./store.ts";

interface Figured extends Measure {
  readonly records: number;
  readonly failing: number;
  readonly weight: number;
}

/** Scores and figures of the branches the caller's roles reach; that they were read is audited. Fails with not_allowed. */
export async function readQuality(tx: Tx, caller: Caller, part: store.Part) {
  permit(caller, "quality:read");
  const rules = await store.readRules(tx);
  const measureOf = new Map(measures.map((measure) => [measure.ruleNo, measure]));
  const weightOf = new Map(rules.map(({ ruleNo, weight }) => [ruleNo, weight]));
  const figures = (await store.readFigures(tx, part)).flatMap((figure) => {
    const [measure, weight] = [measureOf.get(figure.ruleNo), weightOf.get(figure.ruleNo)];
    return measure === undefined || weight === undefined ? [] : [{ ...figure, ...measure, weight }];
  });
  const whole = part.sourceId === undefined && part.branchId === undefined;
  const mayDoubts = whole && caller.permissions.has("identity:read") && caller.permissions.has("customer:read");
  const mayQuarantine = whole && caller.permissions.has("quarantine:read");
  await record(tx, { caller, action: "customer.counted", subjectKind: "customer", query: { quality: part } });
  const bySource = grouped(figures, ({ sourceId }) => sourceId);
  return {
    records: recordsOf(figures),
    score: scoreOf(figures),
    dimensions: byDimension(figures),
    sources: (await store.readSources(tx)).flatMap((source) => {
      const own = bySource.get(source.sourceId);
      return own === undefined ? [] : [{ ...source, score: scoreOf(own) }];
    }),
    figures: [...grouped(figures, ({ ruleNo, sourceId }) => `${ruleNo} ${sourceId}`).values()].map((group) => {
      const [{ dimension, field, sourceId }] = group as [(typeof group)[number]];
      return { dimension, field, sourceId, ...sumOf(group) };
    }),
    rules: rules.flatMap(({ ruleNo, weight, months }) => {
      const measure = measureOf.get(ruleNo);
      return measure === undefined ? [] : [{ dimension: measure.dimension, field: measure.field, weight, months }];
    }),
    branches: await branchesOf(tx, figures),
    placeholders: (await store.readPlaceholders(tx)).flatMap(({ ruleNo, ...placeholder }) => {
      const measure = measureOf.get(ruleNo);
      return measure === undefined ? [] : [{ field: measure.field, ...placeholder }];
    }),
    doubts: mayDoubts ? await store.countDoubts(tx) : null,
    quarantine: mayQuarantine ? await store.countQuarantine(tx) : null,
  };
}

async function branchesOf(tx: Tx, figures: readonly (Figured & { branchId: string | null })[]) {
  const groups = grouped(figures, ({ branchId }) => branchId);
  const names = new Map(
    (
      await store.readBranchNames(
        tx,
        [...groups.keys()].flatMap((id) => id ?? []),
      )
    ).map(({ branchId, name }) => [branchId, name]),
  );
  return [...groups]
    .map(([branchId, group]) => ({
      branchId,
      name: branchId === null ? null : (names.get(branchId) ?? null),
      records: recordsOf(group),
      score: scoreOf(group),
      dimensions: byDimension(group),
    }))
    .sort((a, b) => (a.score ?? 101) - (b.score ?? 101) || b.records - a.records || (a.branchId ?? "").localeCompare(b.branchId ?? ""))
    .slice(0, QUALITY_BRANCHES_MAX);
}

export interface TrendRequest extends store.Part {
  readonly field?: QualityField | undefined;
  readonly days: number;
}

/** The score of each dimension on each day a look was taken. Fails with not_allowed. */
export async function readQualityTrend(tx: Tx, caller: Caller, clock: Clock, request: TrendRequest) {
  permit(caller, "quality:read");
  const weightOf = new Map((await store.readRules(tx)).map(({ ruleNo, weight }) => [ruleNo, weight]));
  const chosen = measures.filter(({ ruleNo, field }) => weightOf.has(ruleNo) && (request.field === undefined || field === request.field));
  const measureOf = new Map(chosen.map((measure) => [measure.ruleNo, measure]));
  const found = await store.readDays(tx, request, dayBefore(clock.now(), request.days), [...measureOf.keys()]);
  await record(tx, { caller, action: "customer.counted", subjectKind: "customer", query: { qualityTrend: request } });
  const figures = found.flatMap((figure) => {
    const measure = measureOf.get(figure.ruleNo);
    return measure === undefined ? [] : [{ ...figure, ...measure, weight: weightOf.get(figure.ruleNo) ?? 0 }];
  });
  const points = [...grouped(figures, ({ day }) => day)].flatMap(([day, group]) => byDimension(group).map((point) => ({ day, ...point })));
  return { points };
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function byDimension(figures: readonly Figured[]): { dimension: Dimension; score: number | null; records: number; failing: number }[] {
  const groups = grouped(figures, ({ dimension }) => dimension);
  return dimensions.flatMap((dimension) => {
    const group = groups.get(dimension);
    return group === undefined ? [] : [{ dimension, score: scoreOf(group), ...sumOf(group) }];
  });
}

function sumOf(figures: readonly Figured[]) {
  return figures.reduce((sum, { records, failing }) => ({ records: sum.records + records, failing: sum.failing + failing }), {
    records: 0,
    failing: 0,
  });
}

/** Some rule applies to every record; each record counts once in it. */
function recordsOf(figures: readonly Figured[]): number {
  return Math.max(0, ...[...grouped(figures, ({ ruleNo }) => ruleNo).values()].map((group) => sumOf(group).records));
}
