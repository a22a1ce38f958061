import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { Offers } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";

const SHOWN = 10;
/** What a setting is called where it is not called as it is kept. */
const words: Readonly<Record<string, string>> = {
  gainMinor: "gain",
  costMinor: "cost",
  lossMinor: "loss",
  baseRate: "base",
};

/** Who changed which setting from what to what, and why. */
export function Changes({ offers }: { offers: Offers }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const { action, segment } = useOfferWords(offers.currency);
  const told = (key: string, value: unknown): string => {
    if (typeof value === "boolean") return t(value ? "page.yes" : "page.no");
    if (key === "segmentId") return typeof value === "string" ? segment(value, offers.segments) : t("page.segmentAll");
    if (typeof value !== "number") return "–";
    if (key.endsWith("Minor")) return format.money(String(value), offers.currency);
    return key.endsWith("Share") || key === "baseRate" || key === "defaultMax" || key === "productShareMax"
      ? format.percent(value, 1)
      : format.number(Number(value.toPrecision(4)));
  };
  return (
    <Surface title={t("page.changes")}>
      {offers.changes.length === 0 && <p className={classes.quiet}>{t("page.noChanges")}</p>}
      <ul className={classes.lines}>
        {offers.changes.slice(0, SHOWN).map(({ changeNo, actionId, before, after, reason, changedAt, changedByName }) => (
          <li key={changeNo}>
            <strong>{actionId === null ? t("page.rules") : action(actionId)}</strong>
            {Object.keys(after).map((key) => (
              <span key={key} className="num">
                {t("page.changed", { field: t(`page.${words[key] ?? key}`), before: told(key, before[key]), after: told(key, after[key]) })}
              </span>
            ))}
            <bdi>{reason}</bdi>
            <span className={classes.quiet}>
              <bdi>{format.dateTime(changedAt)}</bdi>
              {changedByName !== null && (
                <>
                  {" · "}
                  <bdi>{changedByName}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
