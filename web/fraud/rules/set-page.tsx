import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { viewRuleSet } from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { useStartWords } from "../start-words.ts";
import { Backtest } from "./backtest.tsx";
import { Editor } from "./editor.tsx";
import { stateTones } from "./page.tsx";

const LOOK_MS = 2_000;

/** One rule set: written while it is a draft, tested on the past, put into force by somebody else. */
export function RuleSetPage() {
  const { t } = useTranslation("fraud");
  const { setNo } = useParams({ strict: false }) as { setNo: string };
  const startWords = useStartWords();
  const input = { params: { setNo: Number(setNo) } };
  const view = useEndpoint(viewRuleSet, input);
  // Until a report is there it may be on its way.
  const looking = view.data?.backtest === null && view.data.set.state === "draft";
  useEndpoint(viewRuleSet, input, looking ? { refetchEveryMs: LOOK_MS } : { enabled: false });
  const path = [
    { label: t("queue.title"), to: "/fraud" },
    { label: t("rules.title"), to: "/fraud/rules" },
  ];
  if (view.error && view.data === undefined) return <ErrorState error={view.error} retry={() => void view.refetch()} />;
  if (view.data === undefined) return <PageHeader title={t("rules.title")} path={path} />;
  const { set, backtest } = view.data;
  return (
    <>
      <PageHeader
        title={startWords(set.title)}
        path={path}
        note={
          <>
            <StateMark tone={stateTones[set.state]}>{t(`rules.states.${set.state}`)}</StateMark>{" "}
            {t("rules.writtenBy", { name: `\u2068${set.writtenByName ?? t("rules.product")}\u2069` })}
          </>
        }
      />
      <Editor key={`${set.setNo}-${set.version}`} set={set} isTested={backtest !== null} />
      {backtest !== null && <Backtest report={backtest} />}
    </>
  );
}
