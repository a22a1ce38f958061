import { keyClasses } from "./blocking-keys.ts";
import { certainPairs } from "./certain-pairs.ts";
import { at, columns } from "./columns.ts";
import { type RecordComparer, recordComparer } from "./compare-records.ts";
import { type Chances, chanceOf, type Learned, learnChances } from "./expectation.ts";
import type { ColumnModel, KindModel, TrainingSession } from "./model.ts";
import type { Pattern, PatternCounter } from "./patterns.ts";
import { PatternCounter as Counter } from "./patterns.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import { randomPatterns, sessionPatterns } from "./sample-pairs.ts";
import type { SortedKeys } from "./sorted-keys.ts";
import type { TermBits } from "./terms.ts";

/** Two records of which a person said whether they are one. */
export interface Label {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** All that learning needs, in a form that can be handed to a worker thread. */
export interface TrainingOrder {
  readonly table: TableArrays;
  readonly terms: TermBits;
  readonly exclusive: ReadonlySet<number>;
  readonly order: Uint32Array;
  readonly blocks: SortedKeys;
  readonly seed: number;
  readonly labels: readonly Label[];
  /** People (0) and organisations (1) learn nothing from each other. */
  readonly kind: 0 | 1;
}

const ROUNDS = 3;
const SESSION_PAIRS_MIN = 20;
const SESSION_MATCHES_MIN = 5;
const RANDOM_PAIRS_MIXED_IN = 2_000;
const LABELS_MIN = 30;
const LABELLED_MATCHES_MIXED_IN = 20;
const PRESENT_SHARE_MIN = 0.02;
const PRIOR_MAX = 0.2;
// What hardly ever agrees by chance is not seen often enough in a sample: it does not count for more than usual.
const FLOORED: ReadonlySet<number> = new Set([at.phone, at.email, at.identifier, at.organisation]);

/** Learns chances and prior of one kind of record, without labels but using those given. */
export function trainKind(given: TrainingOrder): KindModel {
  const { table, kind } = given;
  const comparer = recordComparer(table, given.terms, given.exclusive);
  const random = randomPatterns(table, given.order, kind, comparer, given.seed);
  const sampled = random.patterns();
  const sessions = sessionPatterns(table, given.blocks, kind, comparer).filter(({ pairs }) => pairs >= SESSION_PAIRS_MIN);
  const records = given.order.reduce((sum, record) => sum + (table.rows[record * ROW + field.kind] === kind ? 1 : 0), 0);
  const rules = certainPairs(table, kind);
  let m: Chances = columns.map((column) => column.m);
  let prior = 1 / Math.max(2, records);
  let u = strangersOf(sampled, m, null, prior);
  let learned: (Learned & { keyClass: number; pairs: number })[] = [];
  let certain = certainShares(rules, m, []);
  for (let round = 0; round < ROUNDS; round += 1) {
    learned = sessions.map(({ keyClass, patterns, pairs }) => ({
      keyClass,
      pairs,
      ...learnChances(patterns, u, m, freeColumns(keyClass)),
    }));
    m = combined(learned, m);
    certain = certainShares(rules, m, presentShares(learned));
    prior = priorOf(certain, records);
    u = strangersOf(sampled, m, u, prior);
  }
  const isOfKind = (record: number) => table.rows[record * ROW + field.kind] === kind;
  const labelled = given.labels.filter(({ a, b }) => isOfKind(a) && isOfKind(b));
  m = withLabels(labelled, m, comparer);
  return {
    priorBits: Math.log2(prior / (1 - prior)),
    columns: columns.map((column, place) => columnModel(column, m[place] ?? [], u[place] ?? [])),
    training: {
      records,
      randomPairs: random.pairs,
      sessions: learned.map(sessionOf),
      labelledPairs: labelled.length,
      certainPairs: certain,
    },
  };
}

function freeColumns(keyClass: number): number[] {
  const leaves: readonly string[] = keyClasses[keyClass]?.leaves ?? [];
  return columns.flatMap(({ name }, place) => (leaves.includes(name) ? [] : [place]));
}

/** Chances for strangers from random pairs; those likely to be one by what is known so far are left out in proportion. */
function strangersOf(sampled: readonly Pattern[], m: Chances, u: Chances | null, prior: number): Chances {
  const all = columns.map((_, place) => place);
  const sums = columns.map(({ levels }) => new Float64Array(levels.length));
  for (const { levels, count } of sampled) {
    const ifMatch = prior * chanceOf(levels, m, all);
    const strangers = u === null ? count : count * (1 - ifMatch / (ifMatch + (1 - prior) * chanceOf(levels, u, all)));
    for (const place of all) {
      const level = levels[place] as number;
      const sum = sums[place] as Float64Array;
      if (level !== 0) sum[level - 1] = (sum[level - 1] as number) + strangers;
    }
  }
  return columns.map((column, place) => {
    const sum = sums[place] as Float64Array;
    const total = sum.reduce((all, count) => all + count, 0);
    const usual: readonly number[] = column.u;
    return usual.map((chance, level) => {
      const share = ((sum[level] as number) + RANDOM_PAIRS_MIXED_IN * chance) / (total + RANDOM_PAIRS_MIXED_IN);
      return FLOORED.has(place) ? Math.max(chance, share) : share;
    });
  });
}

/** The sessions in which a column was free, by how many matches each saw. */
function combined(learned: readonly (Learned & { keyClass: number })[], before: Chances): Chances {
  return columns.map((_, place) => {
    const sessions = learned.filter(
      ({ keyClass, expectedMatches }) => expectedMatches >= SESSION_MATCHES_MIN && freeColumns(keyClass).includes(place),
    );
    const seen = sessions.map(({ expectedMatches, present, m }) => ({
      matches: expectedMatches * (present[place] ?? 0),
      chances: m[place] ?? [],
    }));
    const total = seen.reduce((sum, { matches }) => sum + matches, 0);
    const old = before[place] ?? [];
    if (total < 1) return old;
    return old.map((_chance, level) => seen.reduce((sum, { matches, chances }) => sum + (matches / total) * (chances[level] ?? 0), 0));
  });
}

function presentShares(learned: readonly (Learned & { keyClass: number })[]): number[] {
  return columns.map((_, place) => {
    const sessions = learned.filter(({ keyClass }) => freeColumns(keyClass).includes(place));
    const matches = sessions.reduce((sum, { expectedMatches }) => sum + expectedMatches, 0);
    return matches === 0
      ? 0
      : sessions.reduce((sum, { expectedMatches, present }) => sum + expectedMatches * (present[place] ?? 0), 0) / matches;
  });
}

function certainShares(rules: ReturnType<typeof certainPairs>, m: Chances, present: readonly number[]) {
  return rules.map(({ rule, columns: needed, pairs }) => ({
    rule,
    pairs,
    expectedShare: needed.reduce((share, name) => share * (m[at[name]]?.[0] ?? 0) * (present[at[name]] ?? 0), 1),
  }));
}

/** Certain pairs seen, by the share of all matches that each rule should see. */
function priorOf(certain: readonly { pairs: number; expectedShare: number }[], records: number): number {
  const used = certain.filter(({ expectedShare }) => expectedShare >= PRESENT_SHARE_MIN);
  const allPairs = Math.max(1, (records * (records - 1)) / 2);
  const pairs = used.reduce((sum, rule) => sum + rule.pairs, 0);
  const shares = used.reduce((sum, rule) => sum + rule.expectedShare, 0);
  const matches = shares === 0 ? records / 4 : Math.max(pairs / shares, 1);
  return Math.min(PRIOR_MAX, Math.max(1e-12, matches / allPairs));
}

function withLabels(labels: readonly Label[], m: Chances, comparer: RecordComparer): Chances {
  const same = labels.filter((label) => label.same);
  if (same.length < LABELS_MIN) return m;
  const counter: PatternCounter = new Counter();
  for (const { a, b } of same) {
    comparer.compare(a, b);
    counter.add(comparer.levels);
  }
  const patterns = counter.patterns();
  return m.map((chances, place) => {
    const counts = chances.map((_, level) =>
      patterns.reduce((sum, { levels, count }) => sum + (levels[place] === level + 1 ? count : 0), 0),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    return chances.map(
      (chance, level) => ((counts[level] ?? 0) + LABELLED_MATCHES_MIXED_IN * chance) / (total + LABELLED_MATCHES_MIXED_IN),
    );
  });
}

/** Neighbouring levels are pooled until a better level never weighs less than a worse one. */
function columnModel(column: (typeof columns)[number], m: readonly number[], u: readonly number[]): ColumnModel {
  const pools: { m: number; u: number; size: number }[] = [];
  for (const level of column.levels.keys()) {
    let pool = { m: m[level] ?? 0, u: u[level] ?? 1, size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.m / last.u < pool.m / pool.u; last = pools.at(-1)) {
      pools.pop();
      pool = { m: pool.m + last.m, u: pool.u + last.u, size: pool.size + last.size };
    }
    pools.push(pool);
  }
  const bits = pools.flatMap((pool) => Array.from({ length: pool.size }, () => Math.log2(pool.m / pool.u)));
  return {
    name: column.name,
    levels: column.levels.map((name, level) => ({ name, m: m[level] ?? 0, u: u[level] ?? 0, bits: bits[level] ?? 0 })),
  };
}

function sessionOf({ keyClass, pairs, expectedMatches, logLikelihoods }: Learned & { keyClass: number; pairs: number }): TrainingSession {
  return { keyClass: keyClasses[keyClass]?.name ?? "", pairs, expectedMatches, logLikelihoods };
}
