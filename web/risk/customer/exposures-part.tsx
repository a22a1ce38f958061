import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import type { CustomerRisk } from "./customer-risk.ts";

/** What is owed or may be drawn, product by product, and what would be lost of it. */
export function ExposuresPart({ risk }: { risk: CustomerRisk }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  if (risk.exposures.length === 0) return null;
  return (
    <Surface title={t("exposures.title")} padding="none">
      <WideTable label={t("exposures.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("kind")}</th>
            <th scope="col" className="num">
              {t("drawn")}
            </th>
            <th scope="col" className="num">
              {t("atDefault")}
            </th>
            <th scope="col" className="num">
              {t("lossGivenDefault")}
            </th>
            <th scope="col" className="num">
              {t("expectedLoss")}
            </th>
          </tr>
        </thead>
        <tbody>
          {risk.exposures.map((one) => (
            <tr key={one.holdingId}>
              <th scope="row">
                {words.kind(one.kind)}
                {one.productName !== null && (
                  <div className={classes.note}>
                    <bdi>{one.productName}</bdi>
                  </div>
                )}
              </th>
              {[one.drawnMinor, one.defaultMinor].map((minor, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two figures that never change places
                <td key={place} className="num">
                  <Money minor={minor} currency={risk.currency} style="compact" />
                </td>
              ))}
              <td className="num">{format.percent(one.lossGivenDefault, 0)}</td>
              <td className="num">
                <Money minor={one.expectedLossMinor} currency={risk.currency} style="compact" />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
