import { Skeleton, TextInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explainPair } from "../../../server/customers/identity/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { DecisionButtons } from "../decision-buttons.tsx";
import { isolate } from "../isolate.ts";
import type { Explanation } from "../pair.ts";
import { SideLine } from "../side-line.tsx";
import { SurenessBar } from "../sureness.tsx";
import { useIdentityWords } from "../words.ts";
import { Cluster } from "./cluster.tsx";
import { Combined } from "./combined.tsx";
import classes from "./pair.module.css";
import { PairSteps } from "./pair-steps.tsx";
import { usePairDecision } from "./use-pair-decision.ts";
import { WaterfallTable } from "./waterfall.tsx";

/** Why two records may be one, field by field, what joining them would do, and the three answers. */
export function PairPage() {
  const { a = "", b = "" } = useParams({ strict: false }) as { a?: string; b?: string };
  const { t } = useTranslation("identity");
  useChineseNames();
  const answer = useEndpoint(explainPair, { params: { a, b } });
  if (answer.data !== undefined) return <PairView key={`${a} ${b}`} explanation={answer.data} />;
  if (isProblem(answer.error, "not_found") || isProblem(answer.error, "invalid_input")) {
    return <EmptyState reason="permission" title={t("pair.notFound")} text={t("pair.notFoundText")} />;
  }
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <div role="status" aria-label={t("pair.loading")}>
      <Skeleton height={34} width="min(30rem, 80%)" mb={12} />
      <Skeleton height={90} mb={16} />
      <Skeleton height={380} />
    </div>
  );
}

function PairView({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const words = useIdentityWords();
  const { a, b, doubt } = explanation;
  const names = { a: isolate(a.fullName), b: isolate(b.fullName) };
  return (
    <article className={classes.page}>
      <PageHeader
        title={t("queue.pairOf", names)}
        heading={t("pair.question")}
        path={[{ label: t("queue.title"), to: "/identity" }]}
        note={doubt === null ? t("pair.noDoubt") : `${words.doubt(doubt)}. ${words.doubtText(doubt)}`}
        actions={<PairSteps a={a.partyId} b={b.partyId} />}
      />
      <Verdict explanation={explanation} />
      <Surface title={t("pair.why")} padding="none">
        <WaterfallTable explanation={explanation} />
      </Surface>
      <Combined combined={explanation.combined} />
      <Cluster explanation={explanation} />
    </article>
  );
}

function Verdict({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const [reason, setReason] = useState("");
  const { decide, busy } = usePairDecision(explanation, reason);
  return (
    <Surface>
      <div className={classes.verdict}>
        <div className={classes.sides}>
          <SideLine side={explanation.a} />
          <SideLine side={explanation.b} />
        </div>
        <div className={classes.sure}>
          <SurenessBar probability={explanation.probability} />
        </div>
        {explanation.conflict && (
          <p className={classes.conflict} role="note">
            {t("pair.conflict")}
          </p>
        )}
        <DecisionSoFar explanation={explanation} />
        <div className={classes.answer}>
          <TextInput
            className={classes.reason ?? ""}
            label={t("pair.reason")}
            maxLength={500}
            dir="auto"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DecisionButtons onDecide={decide} busy={busy} decided={explanation.decision?.decision ?? null} />
        </div>
      </div>
    </Surface>
  );
}

function DecisionSoFar({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const { decision } = explanation;
  if (decision === null) return <p className={classes.sofar}>{t("pair.undecided")}</p>;
  return (
    <p className={classes.sofar}>
      <strong>{t(`pair.decided.${decision.decision}`, { name: isolate(decision.byName) })}</strong> <DateText value={decision.at} time />
      {decision.reason !== null && (
        <>
          {" · "}
          <q>
            <bdi>{decision.reason}</bdi>
          </q>
        </>
      )}
    </p>
  );
}
