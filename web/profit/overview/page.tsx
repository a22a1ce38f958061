import { Alert, Button, SegmentedControl, Select, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readProfit } from "../../../server/intelligence/profit/contract.ts";
import { listSegments } from "../../../server/intelligence/segments/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { choicesWith } from "../../ui/filter-builder/filter.ts";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { sumOf } from "../amounts.ts";
import type { Profit } from "../answers.ts";
import classes from "../profit.module.css";
import { Waterfall } from "../waterfall.tsx";
import { useWords } from "../words.ts";
import { Breakdown } from "./breakdown.tsx";
import { CurveCustomers } from "./curve-customers.tsx";
import { type ChosenSlice, useSlice } from "./slice.ts";
import { WhaleCurve } from "./whale-curve.tsx";

/** Who brings the profit and who costs it: the whale curve, the way from income to economic profit, and both by branch, product, tier and segment. */
export function ProfitPage() {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const slice = useSlice();
  const answer = useEndpoint(readProfit, { query: slice.query } as never, { keepPrevious: true });
  const profit = answer.data as Profit | undefined;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("overview.title")}
        note={
          profit && profit.month !== null ? (
            <span className="num">{t("overview.note", { n: profit.customers, month: format.date(profit.month, "month") })}</span>
          ) : (
            " "
          )
        }
        actions={
          <div className={classes.pickers}>
            {profit && <Pickers profit={profit} slice={slice} />}
            <SavedSegment slice={slice} />
          </div>
        }
      />
      {slice.memberOf !== undefined && isNotShared(answer.error) ? (
        <EmptyState
          reason="permission"
          title={t("notShared.title")}
          text={t("notShared.text")}
          action={
            <Button variant="default" onClick={() => slice.setMemberOf(undefined)}>
              {t("notShared.all")}
            </Button>
          }
        />
      ) : answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : profit === undefined ? (
        <Skeleton height={480} />
      ) : profit.month === null || profit.customers === 0 ? (
        <EmptyState reason={profit.month === null ? "data" : "filter"} title={t("overview.none")} text={t("overview.noneText")} />
      ) : (
        <div
          className={classes.figures}
          data-stale={answer.isPlaceholderData || undefined}
          aria-busy={answer.isPlaceholderData || undefined}
        >
          <Figures profit={profit} slice={slice} />
        </div>
      )}
    </div>
  );
}

/** A segment that is somebody's own answers as one that does not exist. */
const isNotShared = (error: unknown): boolean => isProblem(error, "invalid_input") && error.detail.reason === "there is no such segment";

function Figures({ profit, slice }: { profit: Profit; slice: ChosenSlice }) {
  const { t } = useTranslation("profit");
  const { curve, currency } = profit;
  return (
    <>
      {profit.unpriced > 0 && <Alert color="yellow">{t("overview.unpriced", { n: profit.unpriced })}</Alert>}
      <Stats profit={profit} />
      <div className={classes.columns}>
        <Surface title={t(`curve.title.${slice.measure}`)}>
          {curve.points.length === 0 ? (
            <p className={classes.note}>{t("curve.none")}</p>
          ) : (
            <WhaleCurve curve={curve} stretch={slice.stretch} onStretch={(stretch) => slice.setStretch(stretch ?? undefined)} />
          )}
        </Surface>
        <Surface title={t("waterfall.title")}>
          <Waterfall parts={profit.parts} currency={currency} label={t("waterfall.title")} />
        </Surface>
      </div>
      <div className={classes.columns}>
        <Breakdown profit={profit} slice={slice} />
        <CurveCustomers slice={slice} />
      </div>
    </>
  );
}

function Stats({ profit }: { profit: Profit }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const { curve, currency, parts } = profit;
  const share = (value: number | null) => (value === null ? "–" : format.percent(value));
  return (
    <StatRow>
      <StatCard
        label={t("sums.profit")}
        value={<Money minor={sumOf(parts, "profit")} currency={currency} style="compact" alarm />}
        note={t("stats.each", { sum: format.money(sumOf(parts, "profit") / BigInt(profit.customers), currency, "compact") })}
      />
      <StatCard
        label={t("sums.economic")}
        value={<Money minor={sumOf(parts, "economic")} currency={currency} style="compact" alarm />}
        note={t("stats.economicNote")}
      />
      <StatCard
        label={t("stats.eighty", { share: format.percent(0.8) })}
        value={share(curve.eightyPercentAt)}
        note={t("stats.eightyNote")}
      />
      <StatCard label={t("stats.fifth")} value={share(curve.topFifth)} note={t("stats.fifthNote", { share: format.percent(0.2) })} />
      <StatCard
        label={t("stats.gini")}
        value={curve.gini === null ? "–" : format.number(Math.round(curve.gini * 100) / 100)}
        note={t("stats.giniNote")}
      />
      <StatCard
        label={t("stats.destroyers")}
        value={format.number(curve.destroyers.customers)}
        tone={curve.destroyers.customers > 0 ? "warn" : "plain"}
        note={<Money minor={curve.destroyers.lossMinor} currency={currency} style="compact" />}
      />
    </StatRow>
  );
}

function Pickers({ profit, slice }: { profit: Profit; slice: ChosenSlice }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const pick = (
    label: string,
    all: string,
    data: { value: string; label: string }[],
    value: string | undefined,
    set: (value: string | undefined) => void,
  ) => (
    <Select
      {...{ "aria-label": label, placeholder: all, clearable: true, searchable: data.length > 10, w: 170, data }}
      value={value ?? null}
      onChange={(chosen) => set(chosen ?? undefined)}
    />
  );
  const branches = profit.branches.flatMap(({ branchId, name }) =>
    branchId === null ? [] : [{ value: branchId, label: name ?? branchId }],
  );
  const tiers = profit.tiers.flatMap(({ name }) => (name === null ? [] : [{ value: name, label: words("tiers", name) }]));
  const segments = profit.segments.map(({ name }) => ({ value: name, label: words("segments", name) }));
  const month = slice.month ?? profit.month;
  // A year needs twelve months before it that are kept.
  const choices = slice.months === 12 ? profit.months.slice(0, 13) : profit.months;
  return (
    <>
      <SegmentedControl
        aria-label={t("pick.measure")}
        data={(["profit", "economic"] as const).map((value) => ({ value, label: t(`sums.${value}`) }))}
        value={slice.measure}
        onChange={(value) => slice.setMeasure(value === "economic" ? "economic" : undefined)}
      />
      <SegmentedControl
        aria-label={t("pick.period")}
        data={[
          { value: "12", label: t("pick.year", { n: 12 }) },
          { value: "1", label: t("pick.month") },
        ]}
        value={String(slice.months)}
        onChange={(value) => slice.setMonths(value === "1" ? 1 : undefined)}
      />
      <Select
        aria-label={t("pick.until")}
        w={170}
        allowDeselect={false}
        data={choices.map((value) => ({ value, label: format.date(value, "month") }))}
        value={month}
        onChange={(value) => slice.setMonth(value === profit.months[0] ? undefined : (value ?? undefined))}
      />
      {(branches.length > 1 || slice.branchId !== undefined) &&
        pick(t("by.branch"), t("pick.everyBranch"), branches, slice.branchId, slice.setBranch)}
      {pick(t("by.tier"), t("pick.everyTier"), tiers, slice.tier, slice.setTier)}
      {pick(t("by.segment"), t("pick.everySegment"), segments, slice.segment, slice.setSegment)}
    </>
  );
}

/** Stands there also when there are no figures: a segment that is gone can be taken out. */
function SavedSegment({ slice }: { slice: ChosenSlice }) {
  const { t } = useTranslation("profit");
  const list = useEndpoint(listSegments, {}, { enabled: useCan("segment:read") });
  const choices = (list.data?.segments ?? []).map(({ segmentId, name }) => ({ id: segmentId, label: name }));
  const missing = list.isPending ? "\u00a0" : t("ui:filter.missing");
  const data = choicesWith({ choices, missing }, slice.memberOf === undefined ? [] : [slice.memberOf]);
  if (data.length === 0) return null;
  return (
    <Select
      {...{ "aria-label": t("pick.saved"), placeholder: t("pick.everybody"), clearable: true, searchable: true, w: 260, data }}
      value={slice.memberOf ?? null}
      onChange={(chosen) => slice.setMemberOf(chosen ?? undefined)}
    />
  );
}
