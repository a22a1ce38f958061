import { useTranslation } from "react-i18next";
import { CustomerName } from "../../ui/customer-name.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import type { Portfolio } from "./portfolio.ts";

/** Where the exposure gathers: single customers, and groups of connected ones counted as one. */
export function LargestPart({ portfolio }: { portfolio: Portfolio }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  return (
    <Surface title={t("largest.title")} padding="none">
      <WideTable label={t("largest.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("customer")}</th>
            <th scope="col">{t("bandHead")}</th>
            <th scope="col" className="num">
              {t("atDefault")}
            </th>
            <th scope="col" className="num">
              {t("share")}
            </th>
          </tr>
        </thead>
        <tbody>
          {portfolio.largest.map((one) => (
            <tr key={one.customerId}>
              <th scope="row">
                <CustomerName
                  customer={one}
                  tab="risk"
                  note={one.members > 1 ? t("largest.group", { n: format.number(one.members) }) : null}
                />
              </th>
              <td>{words.band(one.band)}</td>
              <td className="num">
                <Money minor={one.defaultMinor} currency={portfolio.currency} style="compact" />
              </td>
              <td className="num">{format.percent(one.share, 1)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
