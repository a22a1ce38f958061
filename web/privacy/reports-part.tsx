import { Anchor, Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadAccessReport, listAccessReports, orderAccessReport } from "../../server/customers/privacy/contract.ts";
import { type AnswerOf, addressOf } from "../ui/api.ts";
import { DateText } from "../ui/date-text.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useAction, useEndpoint } from "../ui/query.ts";
import { Surface } from "../ui/surface.tsx";
import { isolate } from "./isolate.ts";
import classes from "./privacy.module.css";

type Report = AnswerOf<typeof listAccessReports>["reports"][number];
const REFRESH_MS = 3_000;

/** What the customer is given who asks what the bank knows of them: ordered here, gathered meanwhile, downloaded until it expires. */
export function ReportsPart({ customerId }: { customerId: string }) {
  const { t } = useTranslation("privacy");
  const [reason, setReason] = useState("");
  const [waiting, setWaiting] = useState(false);
  const list = useEndpoint(listAccessReports, { params: { customerId } }, waiting ? { refetchEveryMs: REFRESH_MS } : {});
  const reports = list.data?.reports ?? [];
  const open = reports.some(({ state }) => state === "ordered");
  if (open !== waiting) setWaiting(open);
  const order = useAction(orderAccessReport, { refreshes: [listAccessReports], onDone: () => setReason("") });
  return (
    <Surface title={t("report.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          order.mutate({ params: { customerId }, body: { reason: reason.trim() } });
        }}
      >
        <Group align="end" gap="xs">
          <TextInput
            className={classes.grow}
            label={t("report.reason")}
            maxLength={500}
            dir="auto"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={reason.trim().length < 3} loading={order.isPending}>
            {t("report.order")}
          </Button>
        </Group>
      </form>
      {(order.error ?? list.error) !== null && <ErrorNote error={order.error ?? list.error} />}
      {reports.length === 0 && !list.isPending && <EmptyState compact reason="data" title={t("report.none")} />}
      <ol className={classes.reports}>
        {reports.map((report) => (
          <ReportLine key={report.reportId} report={report} customerId={customerId} />
        ))}
      </ol>
    </Surface>
  );
}

function ReportLine({ report, customerId }: { report: Report; customerId: string }) {
  const { t, i18n } = useTranslation("privacy");
  const format = useFormat();
  const address = (query: { format: "html" | "json"; locale?: string }) =>
    addressOf(downloadAccessReport, { params: { customerId, reportId: report.reportId }, query });
  const facts = [
    ...(report.rows === null ? [] : [t("report.rows", { count: report.rows })]),
    ...(report.state === "ready" && report.expiresAt !== null ? [t("report.until", { day: format.date(report.expiresAt) })] : []),
    ...(report.askedByName === null ? [] : [isolate(report.askedByName)]),
  ];
  return (
    <li>
      <div className={classes.said}>
        <strong>{t(`report.states.${report.state}`)}</strong>
        <DateText value={report.askedAt} time />
      </div>
      <div dir="auto">{report.reason}</div>
      <div className={classes.note}>{facts.join(" · ")}</div>
      {report.state === "ready" && (
        <Group gap="md" mt={4}>
          <Anchor href={address({ format: "html", locale: i18n.language })} download>
            {t("report.page")}
          </Anchor>
          <Anchor href={address({ format: "json" })} download>
            {t("report.json")}
          </Anchor>
        </Group>
      )}
    </li>
  );
}
