import { Alert, Button, Modal, Select, Skeleton, Text } from "@mantine/core";
import { MailIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endReportMail, type MailEvery, orderReportMail, readReportMail } from "../../../server/intelligence/reports/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import classes from "./detail.module.css";

/** Has the report sent to oneself, each time with the rights one has then. */
export function MailButton({ reportId }: { reportId: string }) {
  const { t } = useTranslation("reports");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<MailIcon size={14} />} onClick={() => setOpened(true)}>
        {t("mail.open")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("mail.title")}>
        {opened && <Order reportId={reportId} />}
      </Modal>
    </>
  );
}

function Order({ reportId }: { reportId: string }) {
  const order = useEndpoint(readReportMail, { params: { reportId } } as never);
  if (order.error) return <ErrorNote error={order.error} />;
  return order.data === undefined ? (
    <Skeleton height={160} />
  ) : (
    <Form key={`${order.data.every} ${order.data.hour} ${order.data.zone}`} reportId={reportId} order={order.data} />
  );
}

const choices = ["day", "week", "month"] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const firstHour = 7;
const failures = ["no_mail_server", "no_address", "not_sent", "not_allowed", "not_found", "invalid_input"];

function Form({ reportId, order }: { reportId: string; order: AnswerOf<typeof readReportMail> }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const [every, setEvery] = useState<MailEvery>(order.every ?? "week");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const [hour, setHour] = useState(order.every === null ? firstHour : order.hour);
  const isSame = order.every === every && order.hour === hour && order.zone === zone;
  const save = useAction(orderReportMail, { refreshes: [readReportMail] });
  const end = useAction(endReportMail, { refreshes: [readReportMail] });
  return (
    <div className={classes.form}>
      {!order.ready && <Alert color="yellow">{t("mail.notReady")}</Alert>}
      {order.email === null ? (
        <Alert color="yellow">{t("mail.noAddress")}</Alert>
      ) : (
        <Text size="sm">{t("mail.to", { address: `\u2068${order.email}\u2069` })}</Text>
      )}
      <Text size="sm" c="dimmed">
        {t("mail.text")}
      </Text>
      {order.failure !== null && (
        <Alert color="red">{t(`mail.failures.${failures.includes(order.failure) ? order.failure : "not_sent"}`)}</Alert>
      )}
      <Select
        label={t("mail.every")}
        allowDeselect={false}
        data={choices.map((value) => ({ value, label: t(`mail.often.${value}`) }))}
        value={every}
        onChange={(value) => setEvery(choices.find((one) => one === value) ?? "week")}
      />
      <Select
        label={t("mail.hour")}
        description={t("mail.hourNote", { zone: `\u2068${zone.replaceAll("_", " ")}\u2069` })}
        allowDeselect={false}
        data={hours.map((value) => ({ value: String(value), label: format.clock(value) }))}
        value={String(hour)}
        onChange={(value) => setHour(Number(value))}
      />
      {order.nextAt !== null && (
        <Text size="sm" c="dimmed">
          {t("mail.next", { at: format.dateTime(order.nextAt) })}
        </Text>
      )}
      <ErrorNote error={save.error ?? end.error} />
      <div className={classes.row}>
        <Button
          disabled={order.email === null || isSame}
          loading={save.isPending}
          onClick={() => save.mutate({ params: { reportId }, body: { every, hour, zone } } as never)}
        >
          {t(order.every === null ? "mail.order" : "mail.change")}
        </Button>
        {order.every !== null && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate({ params: { reportId } } as never)}>
            {t("mail.end")}
          </Button>
        )}
      </div>
    </div>
  );
}
