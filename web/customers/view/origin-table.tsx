import { CheckIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import type { Attribute } from "./customer.ts";
import classes from "./origin.module.css";

const valuesShownMax = 8;

/** What each source says, the winner first, and the rule that decided in one sentence. */
export function OriginTable({ attribute, say = (value) => value }: { attribute: Attribute; say?: (value: string) => string }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const winner = attribute.values[0];
  return (
    <>
      {winner?.pin && (
        <p className={classes.line}>
          <bdi>{t("origin.pinned", { name: winner.pin.pinnedByName ?? t("values.somebody"), reason: winner.pin.reason })}</bdi>
        </p>
      )}
      <p className={classes.line}>{t(`origin.decidedBy.${attribute.decidedBy ?? (attribute.values.length > 1 ? "agreed" : "only")}`)}</p>
      <table className={classes.table}>
        <thead className="visually-hidden">
          <tr>
            <th>{t("origin.value")}</th>
            <th>{t("origin.source")}</th>
            <th>{t("origin.time")}</th>
          </tr>
        </thead>
        <tbody>
          {attribute.values.slice(0, valuesShownMax).map((value) => (
            <tr key={`${value.partyId}-${value.place}`} data-wins={value.value === winner?.value || undefined}>
              <td>
                <span className={classes.mark}>{value.place === 1 && <CheckIcon size={12} aria-label={t("origin.wins")} />}</span>
                <bdi>{say(value.value)}</bdi>
              </td>
              <td>
                {value.pin === null ? (
                  <>
                    <bdi>{value.source.name}</bdi>
                    <span className={classes.trust}>{t("origin.trust", { trust: format.number(value.trust) })}</span>
                  </>
                ) : (
                  t("origin.byHand")
                )}
              </td>
              <td className="num">
                <time dateTime={value.changedAt}>{format.date(value.changedAt)}</time>
                <span className={classes.trust}>{format.relativeTime(value.changedAt, Date.now())}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
