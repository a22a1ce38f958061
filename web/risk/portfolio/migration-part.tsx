import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import type { Drill } from "./drill-panel.tsx";
import type { Portfolio } from "./portfolio.ts";

/** From the band three months ago (rows) to that of today (columns). */
export function MigrationPart({ portfolio, onShow }: { portfolio: Portfolio; onShow: (drill: Drill) => void }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const codes = portfolio.bands.map(({ band }) => band);
  const moved = new Map(portfolio.migration.moves.map(({ from, to, customers }) => [`${from} ${to}`, customers]));
  const { fromMonth } = portfolio.migration;
  return (
    <Surface title={t("migration.title")} padding="none">
      <p className={classes.note} style={{ padding: "0 16px 8px" }}>
        {fromMonth === null ? t("migration.none") : t("migration.note", { month: format.date(fromMonth, "month") })}
      </p>
      {fromMonth !== null && (
        <WideTable label={t("migration.title")} className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("migration.from")}</th>
              {codes.map((code) => (
                <th key={code} scope="col" className={classes.cell} title={words.band(code)}>
                  {format.code(code)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {codes.map((from, row) => (
              <tr key={from}>
                <th scope="row">{words.band(from)}</th>
                {codes.map((to, column) => {
                  const customers = moved.get(`${from} ${to}`) ?? 0;
                  const move = row === column ? "same" : column > row ? "worse" : "better";
                  return (
                    <td key={to} className={`${classes.cell} num`} data-move={customers > 0 ? move : undefined}>
                      {customers > 0 && (
                        <button
                          type="button"
                          className={`${classes.link} num`}
                          aria-label={t("migration.open", { from: words.band(from), to: words.band(to), n: customers })}
                          onClick={() => onShow({ from, band: to })}
                        >
                          {format.number(customers)}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </Surface>
  );
}
