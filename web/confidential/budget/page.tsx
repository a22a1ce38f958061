import { Alert, Button, NumberInput, Progress, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askForRows, readBudget } from "../../../server/governance/egress/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";

type Budget = AnswerOf<typeof readBudget>["budgets"][number];

const REASON_MIN = 20;
const NEARLY_SPENT_PERCENT = 90;

/** How many rows one was shown today, of how many; and asking for more. */
export function BudgetPage() {
  const { t } = useTranslation("confidential");
  const answer = useEndpoint(readBudget, {}, { staleMs: 0 });
  return (
    <div className={`${classes.page} ${classes.narrow}`}>
      <PageHeader title={t("budget.title")} note={t("budget.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={200} />}
      {answer.data?.budgets.map((budget) => (
        <BudgetCard key={budget.class} budget={budget} />
      ))}
    </div>
  );
}

function BudgetCard({ budget }: { budget: Budget }) {
  const { t } = useTranslation("confidential");
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const all = budget.limit + budget.extra;
  const percent = all === 0 ? 100 : Math.min(100, (budget.used / all) * 100);
  return (
    <Surface title={t(`budget.${budget.class}`)}>
      <Stack gap="xs">
        <div>
          <span className={`num ${classes.figure}`}>{format.number(budget.used)}</span>{" "}
          <span className={classes.note}>{t("budget.of", { n: all })}</span>
        </div>
        <Progress value={percent} aria-label={t(`budget.${budget.class}`)} {...(percent >= NEARLY_SPENT_PERCENT ? { color: "red" } : {})} />
        {budget.extra > 0 && <p className={classes.note}>{t("budget.extra", { n: budget.extra })}</p>}
        {budget.waiting !== null && (
          <Alert color="gray">
            {t("budget.waiting")}{" "}
            <AppLink to="/approvals" search={{ request: budget.waiting.requestId } as never}>
              {t("budget.look")}
            </AppLink>
          </Alert>
        )}
        {budget.waiting === null && !asking && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("budget.ask")}
          </Button>
        )}
        {asking && budget.waiting === null && <AskForm of={budget.class} />}
      </Stack>
    </Surface>
  );
}

function AskForm({ of }: { of: Budget["class"] }) {
  const { t } = useTranslation("confidential");
  const [rows, setRows] = useState<number | string>(1000);
  const [reason, setReason] = useState("");
  const ask = useAction(askForRows, { refreshes: [readBudget] });
  const ready = Number(rows) >= 1 && isLongEnough(reason, REASON_MIN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) ask.mutate({ body: { class: of, rows: Number(rows), reason: reason.trim() } });
      }}
    >
      <Stack gap="sm">
        <NumberInput label={t("budget.rows")} min={1} max={10_000_000} allowDecimal={false} required value={rows} onChange={setRows} />
        <ReasonField label={t("reason")} min={REASON_MIN} value={reason} onValue={setReason} />
        <ProblemNote error={ask.error} />
        <Button type="submit" disabled={!ready} loading={ask.isPending}>
          {t("budget.send")}
        </Button>
      </Stack>
    </form>
  );
}
