import { Alert, Button, Group, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { approveErasure, listErasures, readErasure, refuseErasure } from "../../../server/customers/erasure/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import classes from "../privacy.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { PlanTable } from "./plan-table.tsx";

/** One wish: what goes, what stays until when, and what can be done. */
export function RequestDetail({ erasureId }: { erasureId: string }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const answer = useEndpoint(readErasure, { params: { erasureId } }, { staleMs: 0 });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={280} />;
  const { erasure, plan, customerSeen, waitingApproval } = answer.data;
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs">
          {customerSeen ? (
            <AppLink to="/customers/$customerId" params={{ customerId: erasure.customerId } as never}>
              <bdi className="num">{format.code(erasure.customerNo)}</bdi>
            </AppLink>
          ) : (
            <bdi className="num">{format.code(erasure.customerNo)}</bdi>
          )}
          <span className={classes.quiet}>{t(`requests.states.${erasure.state}`)}</span>
        </Group>
        <p className={classes.quiet}>
          {t("requests.received")} <DateText value={erasure.receivedOn} /> · <bdi>{erasure.askedByName}</bdi>
        </p>
        <p>
          <bdi>{erasure.evidence}</bdi>
        </p>
        {erasure.note !== null && (
          <p>
            <bdi>{erasure.note}</bdi>
          </p>
        )}
      </div>
      {plan.active && erasure.state === "asked" && <Alert color="yellow">{t("refused.relationship_active")}</Alert>}
      {erasure.held && <Alert color="yellow">{t("refused.held")}</Alert>}
      {!plan.active && plan.relationshipEnd !== null && (
        <p className={classes.quiet}>
          {t("requests.ended")} <DateText value={plan.relationshipEnd} />
        </p>
      )}
      <PlanTable lines={plan.lines} done={erasure.state === "erased" || erasure.restrictedAt !== null} />
      {waitingApproval !== null && (
        <Alert color="gray">
          <AppLink to="/approvals" search={{ request: waitingApproval } as never}>
            {t("requests.waiting")}
          </AppLink>
        </Alert>
      )}
      {erasure.state === "asked" && waitingApproval === null && (
        <Decide erasureId={erasureId} version={erasure.version} mayApprove={!plan.active && !erasure.held} />
      )}
    </Stack>
  );
}

function Decide({ erasureId, version, mayApprove }: { erasureId: string; version: number; mayApprove: boolean }) {
  const { t } = useTranslation("privacy");
  const [reason, setReason] = useState("");
  const refreshes = [listErasures, readErasure];
  const approve = useAction(approveErasure, {
    refreshes,
    onDone: ({ state }) => void notify({ tone: "good", message: t(state === "done" ? "requests.restrictedNow" : "requests.asked") }),
  });
  const refuse = useAction(refuseErasure, { refreshes });
  const ready = isReason(reason);
  return (
    <Stack gap="sm">
      <ReasonField label={t("requests.reason")} value={reason} onValue={setReason} />
      <ProblemNote error={approve.error ?? refuse.error} />
      <Group gap="xs">
        <Button
          disabled={!ready || !mayApprove}
          loading={approve.isPending}
          onClick={() => approve.mutate({ params: { erasureId }, body: { reason: reason.trim() } })}
        >
          {t("requests.approve")}
        </Button>
        <Button
          variant="default"
          disabled={!ready}
          loading={refuse.isPending}
          onClick={() => refuse.mutate({ params: { erasureId }, body: { note: reason.trim(), version } })}
        >
          {t("requests.refuse")}
        </Button>
      </Group>
    </Stack>
  );
}
