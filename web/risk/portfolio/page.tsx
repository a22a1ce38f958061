import { Select, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { exposureKinds } from "../../../server/intelligence/credit/policy/contract.ts";
import { readCreditPortfolio } from "../../../server/intelligence/credit/portfolio/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { ApplicationsPart } from "../applications/applications-part.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import { BandsPart } from "./bands-part.tsx";
import { type Drill, DrillPanel } from "./drill-panel.tsx";
import { LargestPart } from "./largest-part.tsx";
import { MigrationPart } from "./migration-part.tsx";
import { ModelPart } from "./model-part.tsx";
import type { Portfolio } from "./portfolio.ts";
import { SplitPart } from "./split-part.tsx";

const asText = (raw: unknown): string | null => (typeof raw === "string" ? raw : null);
const asDrill = (raw: unknown): Drill | null => (typeof raw === "object" && raw !== null ? (raw as Drill) : null);

/** What the customers one sees owe, how likely they are to stop paying, and where it gathers. Every figure leads to its customers. */
export function PortfolioPage() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const [branchId, setBranch] = useUrlState("branch", asText);
  const [kind, setKind] = useUrlState("kind", asText);
  const [drill, setDrill] = useUrlState("show", asDrill);
  const query = { ...(branchId === null ? {} : { branchId }), ...(kind === null ? {} : { kind }) };
  const answer = useEndpoint(readCreditPortfolio, { query } as never, { keepPrevious: true });
  const whole = useEndpoint(readCreditPortfolio, { query: {} } as never);
  const portfolio = answer.data as Portfolio | undefined;
  const branches = (whole.data as Portfolio | undefined)?.branches ?? [];
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("portfolio.title")}
        note={portfolio?.ratedOn ? t("portfolio.note", { date: format.date(portfolio.ratedOn) }) : " "}
        actions={
          <>
            <Select
              aria-label={t("kind")}
              placeholder={t("everyKind")}
              clearable
              w={180}
              data={exposureKinds.map((value) => ({ value, label: words.kind(value) }))}
              value={kind}
              onChange={(value) => setKind(value ?? undefined)}
            />
            {branches.length > 1 && (
              <Select
                aria-label={t("branch")}
                placeholder={t("everyBranch")}
                clearable
                searchable
                w={210}
                data={branches.flatMap(({ branchId: value, name }) => (value === null ? [] : [{ value, label: name ?? value }]))}
                value={branchId}
                onChange={(value) => setBranch(value ?? undefined)}
              />
            )}
          </>
        }
      />
      {answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : portfolio === undefined ? (
        <Skeleton height={480} />
      ) : portfolio.total.customers === 0 ? (
        <>
          <EmptyState reason="data" title={t("portfolio.none")} text={t("portfolio.noneText")} />
          <ApplicationsPart />
        </>
      ) : (
        <>
          <Totals portfolio={portfolio} />
          <div className={classes.columns}>
            <BandsPart portfolio={portfolio} onShow={setDrill} />
            <MigrationPart portfolio={portfolio} onShow={setDrill} />
          </div>
          <div className={classes.columns}>
            <SplitPart portfolio={portfolio} onShow={setDrill} />
            <div className={classes.stack}>
              <LargestPart portfolio={portfolio} />
              <ModelPart portfolio={portfolio} />
            </div>
          </div>
          <ApplicationsPart />
        </>
      )}
      <DrillPanel drill={drill} part={query} onClose={() => setDrill(undefined)} />
    </div>
  );
}

function Totals({ portfolio }: { portfolio: Portfolio }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const { currency, total } = portfolio;
  const failing = portfolio.bands.at(-1);
  const rate = Number(total.defaultMinor) > 0 ? Number(total.expectedLossMinor) / Number(total.defaultMinor) : 0;
  return (
    <StatRow>
      <StatCard
        label={t("drawn")}
        value={<Money minor={total.drawnMinor} currency={currency} style="compact" />}
        note={t("portfolio.customers", { text: format.number(total.customers) })}
      />
      <StatCard
        label={t("atDefault")}
        value={<Money minor={total.defaultMinor} currency={currency} style="compact" />}
        note={t("atDefaultNote")}
      />
      <StatCard
        label={t("expectedLoss")}
        value={<Money minor={total.expectedLossMinor} currency={currency} style="compact" />}
        note={t("portfolio.lossRate", { rate: words.chance(rate) })}
        tone={rate > 0.05 ? "warn" : "plain"}
      />
      <StatCard
        label={t("bandDefault")}
        value={format.number(failing?.customers ?? 0)}
        note={<Money minor={failing?.defaultMinor ?? "0"} currency={currency} style="compact" />}
        tone={(failing?.customers ?? 0) > 0 ? "bad" : "good"}
      />
    </StatRow>
  );
}
