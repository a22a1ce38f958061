import { readReach } from "../../customers/directory/index.ts";
import { recordLast } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factCurrency, factorsOn, firstDayOf, monthNo, readAsOf } from "../facts/index.ts";
import { bothOf, checkFilter, checkSegments, columnsOf, predicateOf, today, withinReach } from "../segments/index.ts";
import { arrange, compareWith, toShares } from "./arrange.ts";
import type { ReportDefinition, ReportResult } from "./contract.ts";
import { readGroupNames } from "./dimension-store.ts";
import { dimensionsFor } from "./dimensions.ts";
import { type Asked, type Axes, type FigureRow, readFigures } from "./figure-store.ts";
import { type Measure, measuresFor, toChoice } from "./measures.ts";
import { faultOf, maskSmall, windowOf } from "./rules.ts";

const SEGMENTS_NAMED = 50;

/** Fails with invalid_input: something it asks about does not exist, for this caller. */
export function checkDefinition(caller: Caller, definition: ReportDefinition): { measures: readonly Measure[]; axes: Axes } {
  const choices = { measures: measuresFor(caller), dimensions: dimensionsFor(caller) };
  const fault = faultOf(definition, { measures: choices.measures.map(toChoice), dimensions: new Set(choices.dimensions.keys()) });
  if (fault !== null) throw new DomainError("invalid_input", fault, { detail: { reason: fault } });
  checkFilter(caller, definition.filter);
  const measures = definition.measures.flatMap(
    ({ of }) => choices.measures.find((one) => one.over === definition.over && one.of === of) ?? [],
  );
  const axis = (key: string | null) => (key === null ? null : (choices.dimensions.get(key) ?? null));
  return { measures, axes: { row: axis(definition.rows), column: axis(definition.columns) } };
}

export interface Question {
  readonly definition: ReportDefinition;
  /** The last day of the facts. */
  readonly asOf: string;
  /** Of the months it is compared with. */
  readonly earlier?: boolean;
}

/** A definition as a question to the database, with the rights of the caller. Fails with invalid_input. */
export async function askOf(tx: Tx, caller: Caller, clock: Clock, question: Question): Promise<{ asked: Asked; axes: Axes }> {
  const { definition, asOf, earlier = false } = question;
  const { measures, axes } = checkDefinition(caller, definition);
  const kinds = checkFilter(caller, definition.filter);
  const reach = await readReach(tx);
  const predicate = bothOf(withinReach(reach), predicateOf(definition.filter, kinds, today(clock)));
  const among = reach.wholeBank && definition.filter.of.length === 0 ? null : predicate;
  const { from, to, shift } = windowOf(definition, monthNo(asOf));
  const back = earlier ? shift : 0;
  const asked: Asked = {
    predicate,
    columns: columnsOf(definition.filter),
    wholeBank: reach.wholeBank,
    measures: measures.map((measure, at) => ({ measure, take: definition.measures[at]?.take ?? "sum" })),
    moved: definition.over === "months" ? { from: from - back, to: to - back, factors: await factorsOn(tx, asOf), among } : null,
    monthShift: back,
  };
  return { asked, axes };
}

/**
 * The figures, of the customers the caller sees at this moment. Where they may not see customers, or `outside` where others may read along (mail), small
 * groups are left out. Fails with not_allowed, invalid_input.
 */
export async function runReport(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  definition: ReportDefinition,
  outside = false,
): Promise<ReportResult> {
  permit(caller, "report:read");
  const { axes, measures } = checkDefinition(caller, definition);
  const segments = [...(await checkSegments(tx, definition.filter)).values()].slice(0, SEGMENTS_NAMED);
  const [asOf, currency] = [await readAsOf(tx), await factCurrency(tx)];
  await recordLast(tx, {
    caller,
    action: "report.run",
    subjectKind: "report",
    query: definition,
    detail: { measures: definition.measures.length },
  });
  const empty = { asOf, currency, segments, from: null, rows: [], columns: [], figures: [], cut: false, overlaps: false, masked: false };
  if (asOf === null) return empty;
  const now = await figuresOf(tx, await askOf(tx, caller, clock, { definition, asOf }));
  const arranged = arrange(now, axes);
  const earlier = definition.over === "months" && definition.compare !== "none";
  const before = earlier ? await figuresOf(tx, await askOf(tx, caller, clock, { definition, asOf, earlier: true })) : null;
  // A share of customers with a mark is one already; others are of the total of all.
  const ofTotal = definition.measures.map(({ take }, at) => take === "share" && measures[at]?.kind !== "flag");
  const figures = compareWith(toShares(arranged.figures, ofTotal), before === null ? null : { rows: before, arranged, ofTotal });
  const hide = outside || !caller.permissions.has("customer:read");
  const safe = hide ? maskSmall(figures) : { figures, masked: false };
  const named = async (keys: readonly (string | null)[], axis: Axes["row"]) => {
    const names = await readGroupNames(
      tx,
      axis?.kind ?? "code",
      keys.filter((key) => key !== null),
    );
    return keys.map((key) => ({ key, name: key === null ? null : (names.get(key) ?? null) }));
  };
  return {
    ...empty,
    from: definition.over === "months" ? firstDayOf(windowOf(definition, monthNo(asOf)).from) : null,
    rows: await named(arranged.rows, axes.row),
    columns: await named(arranged.columns, axes.column),
    figures: safe.figures,
    cut: arranged.cut,
    overlaps: [axes.row, axes.column].some((axis) => axis?.overlaps === true && !(axis.kind === "month" && measures.every(addsUp))),
    masked: safe.masked,
  };
}

/** What moved in the months is the sum of each of them; customers can have moved in several. */
const addsUp = ({ of, kind }: Measure): boolean => kind !== "customers" && !of.includes("_average_");

/** Groups with their totals. Where a customer can be in several groups each total is asked for by itself. */
async function figuresOf(tx: Tx, { asked, axes }: { asked: Asked; axes: Axes }): Promise<FigureRow[]> {
  const { row, column } = axes;
  if (row?.overlaps !== true && column?.overlaps !== true) return readFigures(tx, asked, axes, true);
  const rows = [];
  for (const part of [
    { row, column },
    ...(column === null
      ? []
      : [
          { row, column: null },
          { row: null, column },
        ]),
    { row: null, column: null },
  ])
    rows.push(...(await readFigures(tx, asked, part, false)));
  return rows;
}
