import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listWatched, readCustomerRisk, watchCustomer } from "../../../server/intelligence/credit/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../risk.module.css";
import { type Plan, PlanFields } from "../watch/plan-fields.tsx";
import { WatchPanel } from "../watch/watch-panel.tsx";
import type { CustomerRisk } from "./customer-risk.ts";

/** Whether the customer is watched, why, and what is done; earlier times below. */
export function WatchPart({ customerId, risk }: { customerId: string; risk: CustomerRisk }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const mayManage = useCan("credit:manage");
  const [entering, setEntering] = useState(false);
  const [looking, setLooking] = useState(false);
  const standing = risk.watch.find(({ leftAt }) => leftAt === null);
  if (risk.watch.length === 0 && !mayManage) return null;
  return (
    <Surface
      title={t("watch.title")}
      aside={
        mayManage && (
          <Button size="xs" variant="default" onClick={() => (standing === undefined ? setEntering(true) : setLooking(true))}>
            {t(standing === undefined ? "watch.enter" : "watch.look")}
          </Button>
        )
      }
    >
      {risk.watch.length === 0 ? (
        <p className={classes.note}>{t("watch.notWatched")}</p>
      ) : (
        <ul className={classes.lines}>
          {risk.watch.map((entry) => (
            <li key={entry.watchId} className={classes.line}>
              <span className={classes.who}>
                <bdi>{entry.rule === null ? entry.reason : t(`rules.${entry.rule}`)}</bdi>
                <span className={classes.note}>
                  {t(entry.rule === null ? "watch.enteredBy" : "watch.enteredByRule", {
                    name: entry.enteredByName ?? "",
                    date: format.date(entry.enteredAt),
                  })}
                  {entry.actions !== "" && ` · ${entry.actions}`}
                  {entry.leftReason !== null && ` · ${entry.leftReason}`}
                </span>
              </span>
              {entry.leftAt === null ? (
                <StateMark tone="warn">{t("watch.reviewOn", { date: format.date(entry.reviewOn) })}</StateMark>
              ) : (
                <StateMark tone="quiet">{t("watch.leftOn", { date: format.date(entry.leftAt) })}</StateMark>
              )}
            </li>
          ))}
        </ul>
      )}
      <WatchPanel entry={looking ? (standing ?? null) : null} onClose={() => setLooking(false)} />
      <SidePanel opened={entering} onClose={() => setEntering(false)} title={t("watch.enter")}>
        {entering && <EnterForm customerId={customerId} onClose={() => setEntering(false)} />}
      </SidePanel>
    </Surface>
  );
}

function EnterForm({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useTranslation("risk");
  const [reason, setReason] = useState("");
  const [plan, setPlan] = useState<Plan>({ reviewOn: null, actions: "" });
  const enter = useAction(watchCustomer, {
    refreshes: [readCustomerRisk, listWatched],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("watch.entered") });
    },
  });
  return (
    <Stack gap="md">
      <ReasonField label={t("watch.why")} value={reason} onValue={setReason} />
      <PlanFields plan={plan} onPlan={setPlan} />
      <ErrorNote error={enter.error} />
      <Group justify="flex-end">
        <Button
          disabled={!isReason(reason) || plan.reviewOn === null}
          loading={enter.isPending}
          onClick={() =>
            plan.reviewOn !== null &&
            enter.mutate({ params: { customerId }, body: { reason: reason.trim(), reviewOn: plan.reviewOn, actions: plan.actions } })
          }
        >
          {t("watch.enter")}
        </Button>
      </Group>
    </Stack>
  );
}
