import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { draftRules, listRuleSets, type RuleSetHead, viewRuleSet } from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorNote, ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../fraud.module.css";
import { useStartWords } from "../start-words.ts";
import { Score } from "./score.tsx";

type Head = AnswerOf<typeof listRuleSets>["sets"][number];

export const stateTones: Readonly<Record<RuleSetHead["state"], "accent" | "good" | "quiet">> = {
  draft: "accent",
  active: "good",
  retired: "quiet",
};

/** Rule sets: what is in force, what is being written, what was before; and the score beside them. */
export function RulesPage() {
  const { t } = useTranslation("fraud");
  const mayLook = useCan("model:read");
  const list = useEndpoint(listRuleSets, {});
  const active = list.data?.sets.find(({ state }) => state === "active");
  return (
    <>
      <PageHeader
        title={t("rules.title")}
        path={[{ label: t("queue.title"), to: "/fraud" }]}
        note={t("rules.note")}
        actions={active !== undefined && <DraftButton from={active} />}
      />
      {list.error && list.data === undefined ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : (
        <div className={classes.columns}>
          <ul className={classes.list} aria-label={t("rules.title")} aria-busy={list.isPending}>
            {(list.data?.sets ?? []).map((set) => (
              <SetRow key={set.setNo} set={set} />
            ))}
          </ul>
          {mayLook && (
            <Surface title={t("rules.model")}>
              <Score />
            </Surface>
          )}
        </div>
      )}
    </>
  );
}

function SetRow({ set }: { set: Head }) {
  const { t } = useTranslation("fraud");
  const { setNo, title, state, rules, writtenByName, writtenAt, approval, isRefused, backtestedAt } = set;
  const startWords = useStartWords();
  const author = writtenByName ?? t("rules.product");
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <AppLink to="/fraud/rules/$setNo" params={{ setNo: String(setNo) } as never} className={classes.name}>
          <bdi>{startWords(title)}</bdi>
        </AppLink>
        <div className={`num ${classes.quiet}`}>{t("rules.count", { count: rules })}</div>
      </div>
      <div className={classes.quiet}>
        {t("rules.writtenBy", { name: `\u2068${author}\u2069` })} · <RelativeTime value={writtenAt} />
        {approval?.deciderName != null && approval.state === "approved" && (
          <div>{t("rules.activatedBy", { name: `\u2068${approval.deciderName}\u2069` })}</div>
        )}
        {approval?.state === "waiting" && <StateMark tone="accent">{t("rules.waits")}</StateMark>}
      </div>
      <div>
        <StateMark tone={stateTones[state]}>{t(`rules.states.${state}`)}</StateMark>
      </div>
      <div>
        {isRefused && <StateMark tone="bad">{t("rules.refused")}</StateMark>}
        {!isRefused && backtestedAt === null && state === "draft" && <StateMark tone="warn">{t("rules.notTested")}</StateMark>}
      </div>
    </li>
  );
}

/** A draft begins as a copy of what is in force. */
export function DraftButton({ from }: { from: Pick<Head, "setNo" | "title"> }) {
  const { t } = useTranslation("fraud");
  const navigate = useNavigate();
  const startWords = useStartWords();
  const mayWrite = useCan("fraud:rules");
  const set = useEndpoint(viewRuleSet, { params: { setNo: from.setNo } }, { enabled: mayWrite }).data?.set;
  const draft = useAction(draftRules, {
    refreshes: [listRuleSets],
    onDone: ({ setNo }) => void navigate({ to: "/fraud/rules/$setNo", params: { setNo: String(setNo) } } as never),
  });
  if (!mayWrite) return null;
  return (
    <>
      <Button
        loading={draft.isPending || set === undefined}
        onClick={() =>
          set !== undefined &&
          draft.mutate({
            body: {
              title: t("rules.copyTitle", { title: startWords(set.title) }).slice(0, 100),
              basedOn: set.setNo,
              document: set.document,
            },
          })
        }
      >
        {t("rules.draft")}
      </Button>
      <ErrorNote error={draft.error} />
    </>
  );
}
