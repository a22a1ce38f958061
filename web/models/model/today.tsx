import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { Watch } from "../models.ts";
import { levelTones, useModelWords } from "../words.ts";

const COLUMNS_SHOWN = 8;
const cardTones = { stable: "good", watch: "warn", act: "bad" } as const;

/** Whether the customers of today are those it was trained on, and what came of its scores. */
export function Today({ watches }: { watches: readonly Watch[] }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const watch = watches.at(-1);
  if (watch === undefined)
    return (
      <Surface title={t("today.title")}>
        <EmptyState compact reason="data" title={t("today.none")} text={t("today.noneText")} />
      </Surface>
    );
  const { matured } = watch;
  return (
    <Surface title={t("today.title")} aside={<StateMark tone={levelTones[watch.level]}>{t(`levels.${watch.level}`)}</StateMark>}>
      {watch.level === "act" && (
        <p className={classes.alarm} role="alert">
          {t("today.alarm")}
        </p>
      )}
      <StatRow>
        <StatCard
          label={t("today.score")}
          value={format.number(watch.scorePsi, 2)}
          note={t("today.note")}
          tone={cardTones[watch.scorePsi >= 0.25 ? "act" : watch.scorePsi >= 0.1 ? "watch" : "stable"]}
          trend={watches.length > 1 ? <Sparkline values={watches.map(({ scorePsi }) => scorePsi)} label={t("today.score")} /> : undefined}
        />
        <StatCard
          label={t("today.flagged")}
          value={format.percent(watch.flaggedShare, 1)}
          note={t("today.asOf", { day: format.date(watch.asOf) })}
        />
        <StatCard
          label={t("today.matured")}
          value={matured === null ? "–" : format.percent(matured.auc, 1)}
          note={
            matured === null
              ? t("today.maturedNone")
              : t("today.maturedText", {
                  auc: format.number(matured.events),
                  rows: format.number(matured.rows),
                  day: format.date(matured.asOf),
                })
          }
        />
      </StatRow>
      <WideTable label={t("today.title")} className={classes.table}>
        <thead>
          <tr>
            {(["column", "psi", "state"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`today.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {watch.columns.slice(0, COLUMNS_SHOWN).map(({ name, psi, level }) => (
            <tr key={name}>
              <th scope="row">{words.fact(name)}</th>
              <td className="num">{format.number(psi, 2)}</td>
              <td>
                <StateMark tone={levelTones[level]}>{t(`levels.${level}`)}</StateMark>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
