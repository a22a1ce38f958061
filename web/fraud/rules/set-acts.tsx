import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  activateRules,
  backtestRules,
  changeRules,
  deleteRules,
  listRuleSets,
  viewRuleSet,
} from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../fraud.module.css";
import { DraftButton } from "./page.tsx";
import type { RuleDocument, RuleSetView } from "./rule-set.ts";

interface SetActsProps {
  set: RuleSetView["set"];
  draft: { title: string; document: RuleDocument };
  isChanged: boolean;
  isSound: boolean;
  isTested: boolean;
}

const refreshes = [listRuleSets, viewRuleSet];

export function SetActs({ set, draft, isChanged, isSound, isTested }: SetActsProps) {
  const { t } = useTranslation("fraud");
  const navigate = useNavigate();
  const mayWrite = useCan("fraud:rules");
  const [ordered, setOrdered] = useState(false);
  const { setNo, version, state, hash, isRefused } = set;
  const isWaiting = set.approval?.state === "waiting";
  const params = { setNo };
  const save = useAction(changeRules, { refreshes, onDone: () => void notify({ tone: "good", message: t("rules.saved") }) });
  const test = useAction(backtestRules, { onDone: () => setOrdered(true) });
  const activate = useAction(activateRules, { refreshes, onDone: () => void notify({ tone: "good", message: t("rules.asked") }) });
  const remove = useAction(deleteRules, { refreshes: [listRuleSets], onDone: () => void navigate({ to: "/fraud/rules" } as never) });
  if (!mayWrite) return null;
  const isDraft = state === "draft";
  return (
    <div className={classes.tools}>
      {isDraft && (
        <Button
          disabled={!isChanged || !isSound}
          loading={save.isPending}
          onClick={() => save.mutate({ params, body: { version, ...draft } })}
        >
          {t("rules.save")}
        </Button>
      )}
      <Button variant="default" disabled={isChanged} loading={test.isPending} onClick={() => test.mutate({ params })}>
        {t("rules.test")}
      </Button>
      {state !== "active" && (
        <Button
          variant="default"
          disabled={isChanged || !isTested || isRefused || isWaiting}
          loading={activate.isPending}
          onClick={() => activate.mutate({ params, body: { hash } })}
        >
          {t(isDraft ? "rules.activate" : "rules.bringBack")}
        </Button>
      )}
      {!isDraft && <DraftButton from={set} />}
      {isDraft && (
        <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
          {t("rules.delete")}
        </Button>
      )}
      {ordered && !isTested && <span role="status">{t("rules.testing")}</span>}
      {isWaiting ? (
        <AppLink to="/approvals" search={{ request: set.approval?.requestId } as never}>
          {t("rules.waits")}
        </AppLink>
      ) : (
        isTested && isDraft && <span className={classes.quiet}>{t("rules.ownRules")}</span>
      )}
      <ErrorNote error={save.error ?? test.error ?? activate.error ?? remove.error} />
    </div>
  );
}
