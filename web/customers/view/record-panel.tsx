import { Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readSourceRecord } from "../../../server/customers/overview/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import type { LinkedRecord } from "./customer.ts";
import classes from "./records.module.css";

/** One record as its source delivered it, column by column, nothing translated. That it was looked at is on record. */
export function RecordPanel({ customerId, record, onClose }: { customerId: string; record: LinkedRecord | null; onClose: () => void }) {
  const { t } = useTranslation("customers");
  return (
    <SidePanel opened={record !== null} onClose={onClose} title={record === null ? "" : t("records.panel", { source: record.source.name })}>
      {record !== null && <Columns customerId={customerId} partyId={record.partyId} />}
    </SidePanel>
  );
}

function Columns({ customerId, partyId }: { customerId: string; partyId: string }) {
  const { t } = useTranslation("customers");
  const answer = useEndpoint(readSourceRecord, { params: { customerId, partyId } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) {
    return (
      <Stack gap="xs" aria-hidden="true">
        {[1, 2, 3, 4, 5, 6].map((index) => (
          <Skeleton key={index} height={30} />
        ))}
      </Stack>
    );
  }
  const { columns } = answer.data;
  if (columns.length === 0) return <EmptyState reason="data" title={t("records.noColumns")} />;
  return (
    <>
      <p className={classes.note}>{t("records.panelNote")}</p>
      <dl className={classes.columns}>
        {columns.map(({ name, value }) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>{value === null || value === "" ? <span className={classes.blank}>{t("records.blank")}</span> : <bdi>{value}</bdi>}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
