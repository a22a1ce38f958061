import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { toneOfChance, useRiskWords } from "../words.ts";
import type { Drill } from "./drill-panel.tsx";
import type { Portfolio } from "./portfolio.ts";

/** How the customers spread over the bands, the safest first. */
export function BandsPart({ portfolio, onShow }: { portfolio: Portfolio; onShow: (drill: Drill) => void }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const most = Math.max(1, ...portfolio.bands.map(({ customers }) => customers));
  return (
    <Surface title={t("bands.title")} padding="none">
      <WideTable label={t("bands.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("bandHead")}</th>
            <th scope="col" className="num">
              {t("upTo")}
            </th>
            <th scope="col">{t("customers")}</th>
            <th scope="col" className="num">
              {t("atDefault")}
            </th>
            <th scope="col" className="num">
              {t("expectedLoss")}
            </th>
          </tr>
        </thead>
        <tbody>
          {portfolio.bands.map(({ band, upTo, customers, defaultMinor, expectedLossMinor }) => (
            <tr key={band}>
              <th scope="row">{words.band(band)}</th>
              <td className="num">{words.chance(upTo)}</td>
              <td className={classes.barCell}>
                {customers === 0 ? (
                  <span className="num">{format.number(0)}</span>
                ) : (
                  <button type="button" className={`${classes.link} num`} onClick={() => onShow({ band })}>
                    {format.number(customers)}
                  </button>
                )}
                {customers > 0 && (
                  <span className={classes.bar} data-tone={toneOfChance(upTo)} style={{ inlineSize: `${(customers / most) * 100}%` }} />
                )}
              </td>
              <td className="num">
                <Money minor={defaultMinor} currency={portfolio.currency} style="compact" />
              </td>
              <td className="num">
                <Money minor={expectedLossMinor} currency={portfolio.currency} style="compact" />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
