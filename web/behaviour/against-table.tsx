import { useTranslation } from "react-i18next";
import type { MonthMeasure, Pair } from "../../server/intelligence/behaviour/contract.ts";
import { Surface } from "../ui/surface.tsx";
import classes from "./behaviour.module.css";
import { useBehaviourWords } from "./words.ts";

interface AgainstTableProps {
  title: string;
  currency: string;
  rows: readonly (Pair & { readonly measure: MonthMeasure })[];
}

/** A month's average now and before, the largest first; what never was is left out. */
export function AgainstTable({ title, currency, rows }: AgainstTableProps) {
  const { t } = useTranslation("behaviour");
  const words = useBehaviourWords(currency);
  const shown = rows
    .filter(({ recent, before }) => recent > 0 || (before ?? 0) > 0)
    .toSorted((a, b) => Math.max(b.recent, b.before ?? 0) - Math.max(a.recent, a.before ?? 0));
  const most = Math.max(...shown.map(({ recent, before }) => Math.max(recent, before ?? 0)));
  const share = (value: number) => `${(value / most) * 100}%`;
  if (shown.length === 0) return null;
  return (
    <Surface title={title} aside={<span className={classes.note}>{t("aMonth")}</span>}>
      <table className={classes.against}>
        <thead>
          <tr>
            <th scope="col" className="visually-hidden">
              {title}
            </th>
            <th scope="col">{t("recent")}</th>
            <th scope="col">{t("before")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ measure, recent, before }) => (
            <tr key={measure}>
              <th scope="row">
                {words.name(measure)}
                <span className={classes.pair} aria-hidden="true">
                  <span style={{ inlineSize: share(recent) }} />
                  <span style={{ inlineSize: share(before ?? 0) }} data-before />
                </span>
              </th>
              <td className="num">{words.figure(measure, recent)}</td>
              <td className="num">{before === null ? "–" : words.figure(measure, before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Surface>
  );
}
