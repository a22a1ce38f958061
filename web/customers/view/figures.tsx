import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { isOpen, isOwned, type View } from "./customer.ts";
import classes from "./figures.module.css";

/** What they have, what they owe, and what is left of it, in the currency of most of it; other currencies below, never added up. */
export function Figures({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const main = view.totals.find(({ currency }) => currency === view.customer.currency) ?? view.totals[0];
  if (main === undefined) return null;
  const others = view.totals.filter((total) => total !== main);
  const counted = (kind: "asset" | "debt") =>
    view.holdings.filter((holding) => isOpen(holding) && isOwned(holding) && holding.class === kind && holding.currency === main.currency)
      .length;
  const net = BigInt(main.assetsMinor) - BigInt(main.debtsMinor);
  return (
    <div className={classes.figures}>
      <StatRow>
        <StatCard label={t("figures.net")} value={<Money minor={net} currency={main.currency} />} note={t("figures.netNote")} />
        <StatCard
          label={t("fields.assets")}
          value={<Money minor={main.assetsMinor} currency={main.currency} />}
          note={t("figures.holdings", { count: counted("asset") })}
        />
        <StatCard
          label={t("fields.debts")}
          value={<Money minor={main.debtsMinor} currency={main.currency} />}
          note={t("figures.holdings", { count: counted("debt") })}
        />
      </StatRow>
      {others.length > 0 && (
        <p className={`num ${classes.others}`}>
          {t("figures.otherCurrencies")}{" "}
          {others.map(({ currency, assetsMinor, debtsMinor }) => (
            <span key={currency} className={classes.other}>
              <bdi>{format.money(BigInt(assetsMinor) - BigInt(debtsMinor), currency)}</bdi>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
