import { Alert, Button, Group, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listApprovals, readApproval, renewApproval, withdrawApproval } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText, RelativeTime } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { useAboutWords } from "../about-words.ts";
import classes from "../approvals.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { DecideForm } from "./decide-form.tsx";
import { Difference } from "./difference.tsx";
import { ApprovalMark } from "./mark.tsx";

type Detail = AnswerOf<typeof readApproval>;

const renewable = new Set(["changed", "expired", "refused", "withdrawn"]);

/** One request: what will be done, who said what, and the decision. */
export function ApprovalDetail({ requestId, onDone }: { requestId: string; onDone: () => void }) {
  const { t } = useTranslation("approvals");
  const answer = useEndpoint(readApproval, { params: { requestId } }, { staleMs: 0 });
  const about = useAboutWords(answer.data === undefined ? [] : [answer.data.approval]);
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={240} />;
  const { approval, difference, hash, mayDecide, own, targetChanged, decisions } = answer.data;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <ApprovalMark one={approval} />
        <bdi className="num">{about(approval)}</bdi>
      </Group>
      <div>
        <p className={classes.words}>
          <bdi>{approval.reason}</bdi>
        </p>
        <p className={classes.note}>
          <bdi>{approval.makerName}</bdi> · <DateText value={approval.askedAt} time />
        </p>
        {approval.state === "waiting" && (
          <p className={classes.note}>
            {t("expires")} <RelativeTime value={approval.expiresAt} />
            {approval.escalateAt !== null && (
              <>
                {" · "}
                {t("escalates")} <RelativeTime value={approval.escalateAt} />
              </>
            )}
          </p>
        )}
      </div>
      {targetChanged && <Alert color="yellow">{t(own ? "changedOwn" : "changedNote")}</Alert>}
      <Difference lines={difference} />
      {decisions.length > 0 && <Decisions decisions={decisions} />}
      {mayDecide && <DecideForm requestId={requestId} hash={hash} onDone={onDone} />}
      {own && approval.state === "waiting" && <Withdraw requestId={requestId} onDone={onDone} />}
      {own && renewable.has(approval.state) && <Renew requestId={requestId} onDone={onDone} />}
    </Stack>
  );
}

function Decisions({ decisions }: { decisions: Detail["decisions"] }) {
  const { t } = useTranslation("approvals");
  return (
    <Stack gap="xs">
      {decisions.map((one) => (
        <div key={one.decidedAt}>
          <p className={classes.words}>
            <strong>{t(one.approves ? "agreed" : "against")}</strong> · <bdi>{one.note}</bdi>
          </p>
          <p className={classes.note}>
            <bdi>{one.deciderName}</bdi>
            {one.behalfOfName !== null && <> · {t("deputyFor", { name: `\u2068${one.behalfOfName}\u2069` })}</>} ·{" "}
            <DateText value={one.decidedAt} time />
          </p>
        </div>
      ))}
    </Stack>
  );
}

function Withdraw({ requestId, onDone }: { requestId: string; onDone: () => void }) {
  const { t } = useTranslation("approvals");
  const withdraw = useAction(withdrawApproval, { refreshes: [listApprovals, readApproval], onDone });
  return (
    <Stack gap="xs">
      <ProblemNote error={withdraw.error} />
      <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: { requestId } })}>
        {t("withdraw")}
      </Button>
    </Stack>
  );
}

function Renew({ requestId, onDone }: { requestId: string; onDone: () => void }) {
  const { t } = useTranslation("approvals");
  const renew = useAction(renewApproval, { refreshes: [listApprovals], onDone });
  return (
    <Stack gap="xs">
      <ProblemNote error={renew.error} />
      <Button loading={renew.isPending} onClick={() => renew.mutate({ params: { requestId } })}>
        {t("renew")}
      </Button>
    </Stack>
  );
}
