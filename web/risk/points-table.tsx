import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import classes from "./risk.module.css";
import { type Part, useRiskWords } from "./words.ts";

/** Points of every characteristic, what costs most first, each said in words. */
export function PointsTable({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const sorted = [...parts].sort((a, b) => b.lost - a.lost);
  const total = parts.reduce((sum, { points }) => sum + points, 0);
  return (
    <WideTable label={t("points")} className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("because")}</th>
          <th scope="col" className="num">
            {t("points")}
          </th>
          <th scope="col" className="num">
            {t("lost")}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((part) => (
          <tr key={part.characteristic}>
            <th scope="row">{words.reason(part)}</th>
            <td className="num">{format.number(part.points, 1)}</td>
            <td className="num">{part.lost >= 0.05 ? `−${format.number(part.lost, 1)}` : "—"}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("sum")}</th>
          <td className="num">
            <strong>{format.number(total, 1)}</strong>
          </td>
          <td />
        </tr>
      </tbody>
    </WideTable>
  );
}
