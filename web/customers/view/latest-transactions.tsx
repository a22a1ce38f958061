import { Anchor, Skeleton } from "@mantine/core";
import { ArrowDownLeftIcon, ArrowUpRightIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { listTransactions } from "../../../server/customers/holdings/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { TimelineList } from "../../ui/timeline-list.tsx";
import { useCodes } from "../codes.ts";
import { Amount, type TransactionRow, What } from "./transaction-columns.tsx";

const shownMax = 6;

/** What happened lately: the newest bookings on all holdings. */
export function LatestTransactions({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const answer = useEndpoint(listTransactions, { params: { customerId }, query: { rows: shownMax } });
  const rows = answer.data?.transactions ?? [];
  const all = (
    <Anchor component={AppLink} to="." search={((before: object) => ({ ...before, tab: "transactions" })) as never} size="sm">
      {t("latest.all")}
    </Anchor>
  );
  return (
    <Surface title={t("latest.title")} aside={rows.length > 0 ? all : undefined}>
      <ErrorNote error={answer.error} />
      {answer.isPending ? (
        <Skeleton height={320} />
      ) : rows.length === 0 ? (
        answer.error === null && <EmptyState compact reason="data" title={t("transactions.none")} text={t("transactions.noneText")} />
      ) : (
        <TimelineList
          label={t("latest.title")}
          items={rows.map((row) => ({
            id: row.transactionId,
            at: row.bookedOn,
            title: <What row={row} />,
            text: row.category === null || saysOnlyCategory(row) ? undefined : codes("category", row.category),
            icon: row.amountMinor.startsWith("-") ? (
              <ArrowUpRightIcon size={12} className="mirror" />
            ) : (
              <ArrowDownLeftIcon size={12} className="mirror" />
            ),
            tone: row.amountMinor.startsWith("-") ? "plain" : "good",
            aside: <Amount row={row} />,
          }))}
        />
      )}
    </Surface>
  );
}

/** Nobody on the other side and no words: then the category is the title already. */
function saysOnlyCategory({ counterpartyName, description, category }: TransactionRow): boolean {
  return (counterpartyName ?? "") === "" && (description ?? category) === category;
}
