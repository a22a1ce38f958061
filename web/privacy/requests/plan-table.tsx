import { useTranslation } from "react-i18next";
import type { readErasure } from "../../../server/customers/erasure/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../privacy.module.css";
import { useTableName } from "../table-name.ts";

type Line = AnswerOf<typeof readErasure>["plan"]["lines"][number];

/** Table by table what goes, and what stays until when and by which rule. */
export function PlanTable({ lines, done }: { lines: readonly Line[]; done: boolean }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const tableName = useTableName();
  return (
    <table className={classes.plan}>
      <thead>
        <tr>
          <th scope="col">{t("plan.what")}</th>
          <th scope="col">{t("plan.rows")}</th>
          <th scope="col">{t("plan.outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.table} ${line.joint}`}>
            <th scope="row">
              <bdi>{tableName(line.table)}</bdi>
            </th>
            <td className="num">{format.number(done && line.outcome === "erase" ? line.erased : line.rows)}</td>
            <td>
              {line.outcome === "erase" ? (
                t(done ? "plan.erased" : "plan.goes")
              ) : (
                <>
                  {line.joint ? t("plan.joint") : line.until === null ? t("plan.active") : t("plan.until")}{" "}
                  {line.until !== null && <DateText value={line.until} />}
                  <span className={classes.quiet}> · {t(`rules.${line.rule}`)}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
