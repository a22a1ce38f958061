import { Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readCustomerRisk, setCreditLimit } from "../../../server/intelligence/credit/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { notify } from "../../ui/notify.tsx";
import { MoneyField } from "../../ui/number-field.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../risk.module.css";
import type { CustomerRisk } from "./customer-risk.ts";

/** What the customer, and the group of connected customers, may owe, and how much of it is used. */
export function LimitsPart({ customerId, risk }: { customerId: string; risk: CustomerRisk }) {
  const { t } = useTranslation("risk");
  const mayManage = useCan("credit:manage");
  const [setting, setSetting] = useState(false);
  return (
    <Surface
      title={t("limits.title")}
      aside={
        mayManage && (
          <Button size="xs" variant="default" onClick={() => setSetting(true)}>
            {t("limits.set")}
          </Button>
        )
      }
    >
      <div className={classes.stack}>
        <Usage label={t("limits.own")} limit={risk.limit} currency={risk.currency} />
        {risk.group !== null && (
          <>
            <Usage label={t("limits.group")} limit={risk.group.limit} currency={risk.currency} />
            <ul className={classes.lines}>
              {risk.group.members.map((member) => (
                <li key={member.customerId} className={classes.line}>
                  <CustomerName customer={member} tab="risk" />
                  <Money minor={member.committedMinor} currency={risk.currency} style="compact" />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <SidePanel opened={setting} onClose={() => setSetting(false)} title={t("limits.set")}>
        {setting && <LimitForm customerId={customerId} risk={risk} onClose={() => setSetting(false)} />}
      </SidePanel>
    </Surface>
  );
}

function Usage({ label, limit, currency }: { label: string; limit: CustomerRisk["limit"]; currency: string }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const used = Number(limit.amountMinor) > 0 ? Number(limit.committedMinor) / Number(limit.amountMinor) : 0;
  return (
    <div>
      <div className={classes.line}>
        <span>
          {label} <span className={classes.note}>{t(limit.own ? "limits.setForIt" : "limits.common")}</span>
        </span>
        <span className={classes.mark}>
          <span className="num">{format.percent(used, 0)}</span>
          {limit.breached && <StateMark tone="bad">{t("overLimit")}</StateMark>}
        </span>
      </div>
      <span
        className={classes.bar}
        data-tone={limit.breached ? "bad" : used > 0.9 ? "warn" : undefined}
        style={{ inlineSize: `${Math.min(1, used) * 100}%` }}
      />
      <span className={classes.note}>
        <Money minor={limit.committedMinor} currency={currency} style="compact" /> /{" "}
        <Money minor={limit.amountMinor} currency={currency} style="compact" />
        {limit.validUntil !== null && ` · ${t("limits.until", { date: format.date(limit.validUntil) })}`}
      </span>
    </div>
  );
}

function LimitForm({ customerId, risk, onClose }: { customerId: string; risk: CustomerRisk; onClose: () => void }) {
  const { t } = useTranslation("risk");
  const [scope, setScope] = useState<"customer" | "group">("customer");
  const [amount, setAmount] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const save = useAction(setCreditLimit, {
    refreshes: [readCustomerRisk],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("limits.done") });
    },
  });
  const body = { scope, amountMinor: amount, reason: reason.trim(), ...(until === null ? {} : { validUntil: until }) };
  return (
    <Stack gap="md">
      {risk.group !== null && (
        <SegmentedControl
          aria-label={t("limits.scope")}
          data={[
            { value: "customer", label: t("limits.own") },
            { value: "group", label: t("limits.group") },
          ]}
          value={scope}
          onChange={(value) => setScope(value === "group" ? "group" : "customer")}
        />
      )}
      <MoneyField label={t("limits.amount")} minor={amount} currency={risk.currency} onMinor={(minor) => setAmount(minor ?? "")} />
      <DateField label={t("limits.validUntil")} value={until} onValue={setUntil} />
      <ReasonField label={t("why")} value={reason} onValue={setReason} />
      <ErrorNote error={save.error} />
      <Group justify="flex-end">
        <Button
          disabled={amount === "" || !isReason(reason)}
          loading={save.isPending}
          onClick={() => save.mutate({ params: { customerId }, body } as never)}
        >
          {t("limits.save")}
        </Button>
      </Group>
    </Stack>
  );
}
