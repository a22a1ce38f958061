import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listCreditCustomers } from "../../../server/intelligence/credit/portfolio/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { usePages } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "../risk.module.css";
import { toneOfChance, useRiskWords } from "../words.ts";

/** What the customers shown have in common, beside the part of the page. */
export interface Drill {
  readonly band?: string;
  readonly from?: string;
  readonly branchId?: string;
  readonly kind?: string;
  readonly currency?: string;
}

interface DrillPanelProps {
  drill: Drill | null;
  part: Record<string, string>;
  onClose: () => void;
}

/** The customers behind a figure, the largest expected loss first. */
export function DrillPanel({ drill, part, onClose }: DrillPanelProps) {
  const { t } = useTranslation("risk");
  return (
    <SidePanel opened={drill !== null} onClose={onClose} title={t("drill.title")} size={560}>
      {drill !== null && <DrillList query={{ ...part, ...drill }} />}
    </SidePanel>
  );
}

function DrillList({ query }: { query: Record<string, string> }) {
  const { t } = useTranslation("risk");
  const words = useRiskWords();
  const list = usePages(listCreditCustomers, { query } as never, ({ next }) => (next === null ? null : { after: next }));
  if (list.error && list.data === undefined) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton height={320} />;
  const customers = list.data?.pages.flatMap((page) => page.customers) ?? [];
  const currency = list.data?.pages[0]?.currency ?? "EUR";
  if (customers.length === 0) return <EmptyState compact reason="filter" title={t("drill.none")} />;
  return (
    <div className={classes.stack}>
      <ul className={classes.lines}>
        {customers.map((one) => (
          <li key={one.customerId} className={classes.line}>
            <CustomerName customer={one} tab="risk" note={one.branchName} />
            <span className={classes.mark}>
              {one.watched && <StateMark tone="warn">{t("watched")}</StateMark>}
              <StateMark tone={toneOfChance(one.probability)}>
                {words.band(one.band)} · {words.chance(one.probability)}
              </StateMark>
              <span className={classes.note}>
                {t("expectedLoss")} <Money minor={one.expectedLossMinor} currency={currency} style="compact" />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}
