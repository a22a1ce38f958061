import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DecisionButtons } from "../decision-buttons.tsx";
import classes from "./queue.module.css";
import type { Queue } from "./use-queue.ts";

/** What is done to all chosen pairs at once; there only while some are chosen. */
export function ChosenBar({ queue }: { queue: Queue }) {
  const { t } = useTranslation("identity");
  const chosen = queue.chosenPairs.length;
  if (chosen === 0) return null;
  return (
    <section className={classes.chosen} aria-label={t("queue.chosen")}>
      <strong className="num">{t("queue.chosenCount", { n: chosen })}</strong>
      <DecisionButtons compact onDecide={queue.decideHere} />
      <Button size="compact-sm" variant="subtle" onClick={queue.chooseAlike}>
        {t("queue.alike")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={queue.clear}>
        {t("queue.clear")}
      </Button>
    </section>
  );
}
