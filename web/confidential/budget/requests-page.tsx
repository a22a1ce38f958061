import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideEgressRequest, listEgressRequests } from "../../../server/governance/egress/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useViewer } from "../../ui/viewer.tsx";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";

type Request = AnswerOf<typeof listEgressRequests>["requests"][number];

const NOTE_MIN = 3;

/** Who asks for more rows than a day allows; somebody else decides. */
export function RequestsPage() {
  const { t } = useTranslation("confidential");
  const answer = useEndpoint(listEgressRequests, {});
  const requests = answer.data?.requests ?? [];
  return (
    <div className={classes.page}>
      <PageHeader title={t("requests.title")} note={t("requests.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={200} />}
      {answer.data !== undefined && requests.length === 0 && (
        <Surface>
          <EmptyState reason="data" title={t("requests.none")} />
        </Surface>
      )}
      {requests.map((request) => (
        <Surface
          key={request.requestId}
          title={
            <>
              <bdi>{request.personName}</bdi> · {t(`requests.${request.class}`, { n: request.rows })}
            </>
          }
          aside={<span className={classes.note}>{t(`requests.${request.state}`)}</span>}
        >
          <Stack gap="xs">
            <p className={classes.words}>
              <bdi>{request.reason}</bdi>
            </p>
            <span className={classes.note}>
              <DateText value={request.askedAt} time />
            </span>
            {request.state === "asked" ? (
              <DecideForm request={request} />
            ) : (
              <span className={classes.note}>
                <bdi>{request.note}</bdi> · <bdi>{request.decidedByName}</bdi>
                {request.decidedAt !== null && (
                  <>
                    {" · "}
                    <DateText value={request.decidedAt} time />
                  </>
                )}
              </span>
            )}
          </Stack>
        </Surface>
      ))}
    </div>
  );
}

function DecideForm({ request }: { request: Request }) {
  const { t } = useTranslation("confidential");
  const { userId } = useViewer();
  const [note, setNote] = useState("");
  const decide = useAction(decideEgressRequest, { refreshes: [listEgressRequests] });
  if (request.personId === userId) return <p className={classes.note}>{t("problems.own")}</p>;
  const ready = isLongEnough(note, NOTE_MIN);
  const send = (approve: boolean) => decide.mutate({ params: { requestId: request.requestId }, body: { approve, note: note.trim() } });
  return (
    <Stack gap="xs">
      <ReasonField label={t("requests.noteLabel")} min={NOTE_MIN} value={note} onValue={setNote} />
      <ProblemNote error={decide.error} />
      <Group gap="xs">
        <Button disabled={!ready} loading={decide.isPending} onClick={() => send(true)}>
          {t("requests.approve")}
        </Button>
        <Button variant="default" disabled={!ready} loading={decide.isPending} onClick={() => send(false)}>
          {t("requests.refuse")}
        </Button>
      </Group>
    </Stack>
  );
}
