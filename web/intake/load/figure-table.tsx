import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "./report.module.css";

interface FigureTableProps {
  label: string;
  columns: readonly { readonly label: string; readonly figure?: boolean }[];
  rows: readonly ReactNode[];
}

/** More rows than these are shown when asked for; on paper too, so that a report stays one. */
const rowsAtFirst = 12;

/** A table of a report: its columns of figures stand right under each other, and it scrolls sideways where the screen is narrow. */
export function FigureTable({ label, columns, rows }: FigureTableProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const [all, setAll] = useState(false);
  return (
    <>
      <WideTable label={label} className={`num ${classes.table}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.figure ? classes.figure : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{all ? rows : rows.slice(0, rowsAtFirst)}</tbody>
      </WideTable>
      {rows.length > rowsAtFirst && !all && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t("report.showAll", { rows: format.number(rows.length) })}
        </Button>
      )}
    </>
  );
}
