import { Button, Skeleton } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactPurpose, readConsents } from "../../server/customers/consents/contract.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { useEndpoint } from "../ui/query.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { Surface } from "../ui/surface.tsx";
import { useCan } from "../ui/viewer.tsx";
import { HistoryPart } from "./history-part.tsx";
import classes from "./privacy.module.css";
import { RecordForm } from "./record-form.tsx";
import { ReportsPart } from "./reports-part.tsx";
import { StandingPart } from "./standing-part.tsx";

/** What a customer allowed, forbade or objected to; what follows from it; and writing down what they say now. */
export function ConsentsTab({ id }: { id: string }) {
  const { t } = useTranslation("privacy");
  const consents = useEndpoint(readConsents, { params: { customerId: id } });
  const mayRecord = useCan("consent:record");
  const mayReport = useCan("privacy:report");
  const [recording, setRecording] = useState<ContactPurpose | "any" | null>(null);
  if (consents.error !== null) return <ErrorState error={consents.error} retry={() => void consents.refetch()} />;
  if (consents.data === undefined) return <Skeleton height={320} />;
  const { standing, records, history } = consents.data;
  return (
    <div className={classes.tab}>
      <Surface
        title={t("standing.title")}
        aside={
          mayRecord && (
            <Button size="xs" variant="default" leftSection={<PlusIcon size={14} />} onClick={() => setRecording("any")}>
              {t("record.open")}
            </Button>
          )
        }
      >
        <StandingPart standing={standing} records={records} onRecord={mayRecord ? setRecording : null} />
      </Surface>
      <div className={classes.column}>
        <Surface title={t("history.title")}>
          <HistoryPart history={history} records={records} />
        </Surface>
        {mayReport && <ReportsPart customerId={id} />}
      </div>
      <SidePanel opened={recording !== null} onClose={() => setRecording(null)} title={t("record.title")}>
        {recording !== null && (
          <RecordForm
            customerId={id}
            records={records}
            purpose={recording === "any" ? null : recording}
            onClose={() => setRecording(null)}
          />
        )}
      </SidePanel>
    </div>
  );
}
