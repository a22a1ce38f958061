import { Button, Group, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listGrants, reviewGrant } from "../../../server/customers/emergency/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText, RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, usePages } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useViewer } from "../../ui/viewer.tsx";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";

type Grant = AnswerOf<typeof listGrants>["grants"][number];
const states = ["waiting", "reviewed"] as const;
const NOTE_MIN = 10;

/** What was opened by broken glass, for what, and what was done with it; closed by somebody else. */
export function ReviewsPage() {
  const { t } = useTranslation("confidential");
  const [state, setState] = useState<(typeof states)[number]>("waiting");
  const list = usePages(listGrants, { query: { state } }, ({ next }) => (next === null ? null : { after: next }));
  const grants = list.data?.pages.flatMap((page) => page.grants) ?? [];
  return (
    <div className={classes.page}>
      <PageHeader title={t("reviews.title")} note={t("reviews.note")} />
      <SegmentedControl
        aria-label={t("reviews.title")}
        value={state}
        onChange={(value) => setState(value === "reviewed" ? "reviewed" : "waiting")}
        data={states.map((value) => ({ value, label: t(`reviews.${value}`) }))}
      />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={200} />}
      {list.data !== undefined && grants.length === 0 && (
        <Surface>
          <EmptyState reason="data" title={t(`reviews.none_${state}`)} />
        </Surface>
      )}
      {grants.map((grant) => (
        <GrantCard key={grant.grantId} grant={grant} />
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function GrantCard({ grant }: { grant: Grant }) {
  const { t } = useTranslation("confidential");
  const format = useFormat();
  const overdue = grant.reviewedAt === null && Date.parse(grant.reviewDueAt) < Date.now();
  return (
    <Surface
      title={
        <>
          <bdi>{grant.personName}</bdi> · <bdi className="num">{format.code(grant.askedFor)}</bdi>
        </>
      }
      aside={
        <span className={overdue ? classes.over : classes.note}>
          {grant.reviewedAt === null ? t(overdue ? "reviews.overdue" : "reviews.due") : t(`reviews.${grant.verdict ?? "justified"}`)}{" "}
          {grant.reviewedAt === null && <RelativeTime value={grant.reviewDueAt} />}
        </span>
      }
    >
      <Stack gap="xs">
        <p className={classes.words}>
          <bdi>{grant.reason}</bdi>
        </p>
        <span className={classes.note}>
          <DateText value={grant.grantedAt} time /> – <DateText value={grant.endsAt} time />
          {!grant.opened && ` · ${t("reviews.nobody")}`}
        </span>
        {grant.opened && (
          <span className={classes.note}>
            {grant.acts.length === 0
              ? t("reviews.noActs")
              : grant.acts
                  .map(({ action, times }) =>
                    t("reviews.act", { act: t(`acts.${action.replaceAll(".", "_")}`, { defaultValue: action }), n: times }),
                  )
                  .join(" · ")}
          </span>
        )}
        {grant.reviewedAt === null ? (
          <ReviewForm grant={grant} />
        ) : (
          <span className={classes.note}>
            <bdi>{grant.reviewNote}</bdi> · <bdi>{grant.reviewedByName}</bdi> · <DateText value={grant.reviewedAt} time />
          </span>
        )}
      </Stack>
    </Surface>
  );
}

function ReviewForm({ grant }: { grant: Grant }) {
  const { t } = useTranslation("confidential");
  const { userId } = useViewer();
  const [note, setNote] = useState("");
  const review = useAction(reviewGrant, { refreshes: [listGrants] });
  if (grant.personId === userId) return <p className={classes.note}>{t("problems.own")}</p>;
  const ready = isLongEnough(note, NOTE_MIN);
  const close = (verdict: "justified" | "not_justified") =>
    review.mutate({ params: { grantId: grant.grantId }, body: { verdict, note: note.trim(), version: grant.version } });
  return (
    <Stack gap="xs">
      <ReasonField label={t("reviews.noteLabel")} min={NOTE_MIN} value={note} onValue={setNote} />
      <ProblemNote error={review.error} />
      <Group gap="xs">
        <Button disabled={!ready} loading={review.isPending} onClick={() => close("justified")}>
          {t("reviews.justified")}
        </Button>
        <Button variant="default" disabled={!ready} loading={review.isPending} onClick={() => close("not_justified")}>
          {t("reviews.not_justified")}
        </Button>
      </Group>
    </Stack>
  );
}
