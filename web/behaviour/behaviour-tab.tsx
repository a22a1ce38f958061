import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readBehaviour } from "../../server/intelligence/behaviour/contract.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { MonthBars } from "../ui/month-bars.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import { Surface } from "../ui/surface.tsx";
import { AgainstTable } from "./against-table.tsx";
import { AheadPart } from "./ahead-part.tsx";
import { BalanceAhead } from "./balance-ahead.tsx";
import classes from "./behaviour.module.css";
import { Changes } from "./changes.tsx";

/** What a customer does, by month, channel and use, against their own past; and what is likely to come next. */
export function BehaviourTab({ id }: { id: string }) {
  const { t } = useTranslation("behaviour");
  const format = useFormat();
  const answer = useEndpoint(readBehaviour, { params: { customerId: id } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const known = answer.data;
  if (known === undefined) return <Skeleton height={420} />;
  if (known.month === null) return <EmptyState reason="data" title={t("none")} text={t("noneText")} />;
  const { currency, months } = known;
  const until = <span className={classes.note}>{t("until", { month: format.date(known.month, "month") })}</span>;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <Changes known={known} aside={until} />
        <Surface title={t("balance.title")}>
          <BalanceAhead known={known} />
        </Surface>
        <Surface title={t("flows.in")}>
          <MonthBars months={months.map(({ month, inMinor }) => ({ month, minor: inMinor }))} currency={currency} label={t("flows.in")} />
        </Surface>
        <Surface title={t("flows.out")}>
          <MonthBars
            months={months.map(({ month, outMinor }) => ({ month, minor: outMinor }))}
            currency={currency}
            label={t("flows.out")}
          />
        </Surface>
      </div>
      <div className={classes.stack}>
        <AheadPart known={known} />
        <AgainstTable
          title={t("channels.title")}
          currency={currency}
          rows={known.channels.map(({ channel, ...pair }) => ({ measure: `${channel}_count`, ...pair }))}
        />
        <AgainstTable
          title={t("uses.title")}
          currency={currency}
          rows={known.uses.map(({ use, ...pair }) => ({ measure: `${use}_minor`, ...pair }))}
        />
      </div>
    </div>
  );
}
