import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { useIdentityWords, usePoints } from "../words.ts";
import type { Quality } from "./quality.ts";
import classes from "./weights.module.css";

const kinds = ["person", "organisation"] as const;
type Kind = (typeof kinds)[number];
/** The model holds every column for both; these are never compared. */
const ofTheOther: Record<Kind, readonly string[]> = {
  person: ["organisation", "legal form"],
  organisation: ["given", "family", "birth", "sex", "nationality"],
};
type ColumnOf = Quality["columns"][number];

/** What each field weighs, level by level: how often records that are one agree so, and how often strangers do. */
export function Weights({ quality }: { quality: Quality }) {
  const { t } = useTranslation("identity");
  const [kind, setKind] = useState<Kind>("person");
  const columns = quality.columns.filter((column) => column.kind === kind && !ofTheOther[kind].includes(column.column));
  const most = Math.max(1, ...columns.flatMap(({ levels }) => levels.map(({ bits }) => Math.abs(bits))));
  return (
    <Surface
      title={t("weights.title")}
      padding="none"
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("weights.kind")}
          data={kinds.map((value) => ({ value, label: t(`weights.kinds.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
      }
    >
      <WideTable label={t("weights.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("pair.field")}</th>
            <th scope="col">{t("pair.compared")}</th>
            <th scope="col" className={classes.figure}>
              {t("weights.same")}
            </th>
            <th scope="col" className={classes.figure}>
              {t("weights.strangers")}
            </th>
            <th scope="col" className={classes.figure}>
              {t("pair.points")}
            </th>
            <td className={classes.barHead} />
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <Levels key={column.column} column={column} most={most} />
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function Levels({ column, most }: { column: ColumnOf; most: number }) {
  const format = useFormat();
  const words = useIdentityWords();
  const points = usePoints();
  return (
    <>
      {column.levels.map((level, place) => (
        <tr key={level.level} data-first={place === 0 || undefined}>
          {place === 0 && (
            <th scope="row" rowSpan={column.levels.length}>
              {words.column(column.column)}
            </th>
          )}
          <td>{words.level(column.column, level.level)}</td>
          <td className={`num ${classes.figure}`}>{format.percent(level.same, 1)}</td>
          <td className={`num ${classes.figure}`}>{format.percent(level.strangers, level.strangers < 0.001 ? 4 : 1)}</td>
          <td className={`num ${classes.figure} ${classes.points}`}>{points(level.bits)}</td>
          <td className={classes.bars} aria-hidden="true">
            <span
              className={classes.bar}
              data-gain={level.bits >= 0}
              style={{
                inlineSize: `${(Math.abs(level.bits) / most) * 50}%`,
                [level.bits >= 0 ? "insetInlineStart" : "insetInlineEnd"]: "50%",
              }}
            />
          </td>
        </tr>
      ))}
    </>
  );
}
