import { Button, Skeleton } from "@mantine/core";
import { HistoryIcon } from "@primer/octicons-react";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../server/customers/overview/contract.ts";
import { AddedParts } from "../../ui/added-parts.tsx";
import { useAddedTabs } from "../../ui/added-tabs.tsx";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useEndpoint } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { UrlTabs } from "../../ui/url-tabs.tsx";
import { useCan, useViewer } from "../../ui/viewer.tsx";
import { todayOf } from "../days.ts";
import { rememberOpened } from "../recent.ts";
import { useAsOf } from "./as-of/as-of-state.ts";
import type { View } from "./customer.ts";
import { CustomerHeader } from "./header.tsx";
import { HoldingsTab } from "./holdings-tab.tsx";
import { NeighbourLinks } from "./neighbours.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import classes from "./page.module.css";
import { ReachBar } from "./reach-bar.tsx";
import { RecordsTab } from "./records-tab.tsx";
import { TransactionsTab } from "./transactions-tab.tsx";
import { ValueContext } from "./values/value-context.ts";
import { WarningList } from "./warning-list.tsx";
import { warningsOf } from "./warnings.ts";

const AsOfPart = lazy(() => import("./as-of/as-of-part.tsx").then((module) => ({ default: module.AsOfPart })));
const ValuePanel = lazy(() => import("./values/value-panel.tsx").then((module) => ({ default: module.ValuePanel })));

/** Everything the bank knows of one customer, in the order in which a person needs it. */
export function CustomerPage() {
  const { customerId = "" } = useParams({ strict: false }) as { customerId?: string };
  const { userId } = useViewer();
  useChineseNames();
  const answer = useEndpoint(viewCustomer, { params: { customerId } });
  const view = answer.data;
  useEffect(() => {
    if (view !== undefined) rememberOpened(userId, view.customer.customerId);
  }, [userId, view]);
  if (view !== undefined) return <CustomerView key={customerId} view={view} />;
  if (answer.error) return <NotShown error={answer.error} retry={() => void answer.refetch()} customerId={customerId} />;
  return <Waiting customerId={customerId} />;
}

function CustomerView({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { customer } = view;
  const today = todayOf(new Date());
  const addedTabs = useAddedTabs(customer.customerId);
  const warnings = useMemo(() => warningsOf(view, today), [view, today]);
  useEffect(() => {
    document.title = `${customer.fullName} · Vinculo`;
  }, [customer.fullName]);
  const [asOf, setAsOf] = useAsOf();
  const [valueName, setValueName] = useUrlState("value", (raw) => (typeof raw === "string" ? raw : null));
  const openValue = useCallback((name: string) => setValueName(name, { replace: true }), [setValueName]);
  const [mayPin, mayDispute] = [useCan("value:pin"), useCan("value:dispute")];
  const ways = useMemo(
    () => ({ open: mayPin || mayDispute ? openValue : null, disputed: new Set(view.disputes.map(({ attribute }) => attribute)) }),
    [mayPin, mayDispute, openValue, view.disputes],
  );
  const count = (value: number) => <span className={`num ${classes.mark}`}>{format.number(value)}</span>;
  return (
    <ValueContext value={ways}>
      <article className={classes.page}>
        <CustomerHeader
          view={view}
          aside={
            <>
              <NeighbourLinks customerId={customer.customerId} />
              {asOf === null && (
                <>
                  <ReachBar view={view} />
                  <Button
                    variant="subtle"
                    size="xs"
                    leftSection={<HistoryIcon size={16} />}
                    onClick={() => setAsOf({ by: "known", day: today, with: null })}
                  >
                    {t("asOf.open")}
                  </Button>
                </>
              )}
            </>
          }
        />
        {asOf !== null && (
          <Suspense fallback={<Skeleton height={320} />}>
            <AsOfPart customerId={customer.customerId} state={asOf} onState={(state) => setAsOf(state)} />
          </Suspense>
        )}
        {asOf === null && (
          <>
            <WarningList warnings={warnings} />
            <div className={classes.marks}>
              <AddedParts id={customer.customerId} spot="marks" />
            </div>
            <UrlTabs
              label={t("tabs.label")}
              tabs={[
                { id: "overview", label: t("tabs.overview"), content: () => <OverviewTab view={view} /> },
                {
                  id: "holdings",
                  label: t("tabs.holdings"),
                  mark: count(view.holdings.length),
                  content: () => <HoldingsTab view={view} />,
                },
                { id: "transactions", label: t("tabs.transactions"), content: () => <TransactionsTab view={view} /> },
                { id: "records", label: t("tabs.records"), mark: count(view.records.length), content: () => <RecordsTab view={view} /> },
                ...addedTabs,
              ]}
            />
          </>
        )}
        {valueName !== null && (
          <Suspense fallback={null}>
            <ValuePanel view={view} name={valueName} onClose={() => setValueName(undefined, { replace: true })} />
          </Suspense>
        )}
      </article>
    </ValueContext>
  );
}

/** The same places and heights as the page itself, so that nothing jumps. */
function Waiting({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customers");
  return (
    <div className={classes.page} role="status" aria-label={t("view.loading")}>
      <div className={classes.waitingHead}>
        <Skeleton circle height={48} />
        <div className={classes.waitingWords}>
          <Skeleton height={34} width="min(22rem, 70%)" />
          <Skeleton height={20} width="min(16rem, 50%)" mt={8} />
          <Skeleton height={42} width="min(40rem, 90%)" mt={14} />
        </div>
        <NeighbourLinks customerId={customerId} />
      </div>
      <Skeleton height={24} width="18rem" mb={16} />
      <Skeleton height={36} mb={16} />
      <Skeleton height={94} mb={16} />
      <Skeleton height={280} />
    </div>
  );
}

function NotShown({ error, retry, customerId }: { error: Error; retry: () => void; customerId: string }) {
  const { t } = useTranslation("customers");
  // An address that is no customer's at all is refused before anybody looks for it.
  if (!isProblem(error, "not_found") && !isProblem(error, "invalid_input")) return <ErrorState error={error} retry={retry} />;
  return (
    <>
      <NeighbourLinks customerId={customerId} />
      <EmptyState
        reason="permission"
        title={t("view.notFound")}
        text={t("view.notFoundText")}
        action={
          <Button component={AppLink} to="/customers" variant="default">
            {t("view.toList")}
          </Button>
        }
      />
    </>
  );
}
