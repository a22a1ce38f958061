import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readOwnValue } from "../../../server/intelligence/profit/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../profit.module.css";
import { useWords } from "../words.ts";

/** What the customers one looks after are worth, and whom that moved for. Nothing for who looks after nobody. */
export function OwnValuePart() {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const { data, isPending } = useEndpoint(readOwnValue, {});
  if (isPending) return <Skeleton height={200} radius="md" />;
  if (data === undefined || data.month === null || data.customers === 0) return null;
  return (
    <Surface
      title={t("own.title")}
      aside={<span className={classes.note}>{t("value.until", { n: 12, month: format.date(data.month, "month") })}</span>}
    >
      <ul className={classes.list}>
        {(
          [
            [t("sums.profit"), data.profitMinor],
            [t("sums.economic"), data.economicMinor],
            [t("value.lifetime"), data.lifetimeMinor],
            [t("value.potential"), data.potentialMinor],
          ] as const
        ).map(([label, minor]) => (
          <li key={label}>
            <span>{label}</span>
            <strong>
              <Money minor={minor} currency={data.currency} style="compact" alarm />
            </strong>
          </li>
        ))}
      </ul>
      <p className={classes.note} style={{ marginBlock: 8 }}>
        {data.tiers.map(({ name, customers }) => `${words("tiers", name)} ${format.number(customers)}`).join(" · ")}
      </p>
      {data.movers.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("own.movers")}</h3>
          <ul className={classes.list}>
            {data.movers.map((mover) => (
              <li key={mover.customerId}>
                <CustomerName customer={mover} tab="value" />
                <span className={classes.who} style={{ textAlign: "end" }}>
                  <Money minor={mover.changeMinor} currency={data.currency} style="compact" alarm />
                  <span className={classes.note}>
                    {mover.toTier !== null && mover.onDay !== null ? (
                      <>
                        {t("tier.move", { from: words("tiers", mover.fromTier), to: words("tiers", mover.toTier) })}{" "}
                        <DateText value={mover.onDay} />
                      </>
                    ) : (
                      t("own.change")
                    )}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Surface>
  );
}
