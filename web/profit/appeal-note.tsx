import { useTranslation } from "react-i18next";
import { DateText } from "../ui/date-text.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import classes from "./profit.module.css";
import { useWords } from "./words.ts";

interface AppealShown {
  readonly tier: string;
  readonly reason: string;
  readonly state: "asked" | "granted" | "refused";
  readonly askedByName: string;
  readonly askedAt: string;
  readonly until: string | null;
  readonly decidedByName: string | null;
  readonly note: string | null;
}

const tones = { asked: "quiet", granted: "good", refused: "warn" } as const;

/** One appeal: what was asked, by whom and why, and what became of it. */
export function AppealNote({ appeal }: { appeal: AppealShown }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  return (
    <div className={classes.who}>
      <span>
        <StateMark tone={tones[appeal.state]}>{t(`appeal.${appeal.state}`)}</StateMark>{" "}
        {t("appeal.to", { tier: words("tiers", appeal.tier) })}
      </span>
      <span>
        <bdi>{appeal.reason}</bdi>
      </span>
      <span className={classes.note}>
        <bdi>{appeal.askedByName}</bdi> · <DateText value={appeal.askedAt} />
        {appeal.decidedByName !== null && (
          <>
            {" → "}
            <bdi>{appeal.decidedByName}</bdi>: <bdi>{appeal.note}</bdi>
          </>
        )}
        {appeal.until !== null && (
          <>
            {" · "}
            {t("appeal.until")} <DateText value={appeal.until} />
          </>
        )}
      </span>
    </div>
  );
}
