import { useTranslation } from "react-i18next";
import { effectCauses } from "../../../server/intelligence/profit/parameters/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { ReadVersion as Read } from "../answers.ts";
import classes from "../profit.module.css";
import { useWords } from "../words.ts";

/** What a version did to the economic profit of twelve months: the bridge from old to new by cause, and whom it moved most. */
export function EffectPart({ effect, currency }: { effect: NonNullable<Read["effect"]>; currency: string }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const moved = effectCauses.filter((cause) => effect.causes[cause] !== "0");
  const line = (label: string, minor: string, strong = false) => (
    <li key={label}>
      <span>{strong ? <strong>{label}</strong> : label}</span>
      <Money minor={minor} currency={currency} style="round" alarm={strong} />
    </li>
  );
  return (
    <Surface title={t("effect.title", { n: effect.customers })}>
      {effect.customers === 0 ? (
        <p className={classes.note}>{t("effect.none")}</p>
      ) : (
        <div className={classes.stack}>
          <ul className={classes.list}>
            {line(t("effect.before"), effect.beforeMinor, true)}
            {moved.map((cause) => line(words("causes", cause), effect.causes[cause]))}
            {line(t("effect.after"), effect.afterMinor, true)}
          </ul>
          <div>
            <h3 className={classes.heading}>{t("effect.moved")}</h3>
            <ul className={classes.list}>
              {effect.moved.map((row) => (
                <li key={row.customerId}>
                  <CustomerName customer={row} tab="value" />
                  <span className={classes.who} style={{ textAlign: "end" }}>
                    <Money minor={BigInt(row.afterMinor) - BigInt(row.beforeMinor)} currency={currency} style="round" alarm />
                    <span className={classes.note}>
                      {effectCauses
                        .filter((cause) => row.causes[cause] !== "0")
                        .map((cause) => `${words("causes", cause)} ${format.money(row.causes[cause], currency, "round")}`)
                        .join(" · ")}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </Surface>
  );
}
