import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { LinkedRecord, View } from "./customer.ts";
import { LinkActions, LinksPart } from "./links/links-part.tsx";
import { useLinkReason } from "./links/use-link-reason.ts";
import { RecordPanel } from "./record-panel.tsx";
import classes from "./records.module.css";
import { SourcesTable } from "./sources-table.tsx";

/** Which records of which sources are this customer, why they are, and what each of them says. */
export function RecordsTab({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const [opened, setOpened] = useState<LinkedRecord | null>(null);
  if (view.records.length === 0) return <EmptyState reason="data" title={t("records.none")} />;
  return (
    <div className={classes.tab}>
      <Surface title={t("records.title")} aside={<LinkActions view={view} />} padding="none">
        <ul className={classes.records}>
          {view.records.map((record) => (
            <Linked key={record.partyId} record={record} onOpen={() => setOpened(record)} />
          ))}
        </ul>
      </Surface>
      <SourcesTable view={view} />
      <LinksPart view={view} />
      <RecordPanel customerId={view.customer.customerId} record={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

function Linked({ record, onOpen }: { record: LinkedRecord; onOpen: () => void }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const why = useLinkReason();
  return (
    <li>
      <div className={classes.words}>
        <p className={classes.source}>
          <bdi>{record.source.name}</bdi>{" "}
          <bdi dir="ltr" className={`num ${classes.key}`}>
            {record.sourceKey}
          </bdi>
        </p>
        <p className={classes.name}>
          <bdi>{record.fullName}</bdi>
        </p>
        <p className={classes.note}>
          {why(record)} <RelativeTime value={record.decidedAt} />
        </p>
        <p className={classes.note}>
          {t("records.changed", { time: format.date(record.changedAt) })}
          {record.lineNo !== null && ` · ${t("records.line", { line: format.number(record.lineNo) })}`}
        </p>
      </div>
      <Button variant="default" size="xs" onClick={onOpen}>
        {t("records.asDelivered")}
        <span className="visually-hidden"> {record.source.name}</span>
      </Button>
    </li>
  );
}
