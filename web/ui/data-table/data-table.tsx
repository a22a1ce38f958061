import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "../error-state.tsx";
import { usePhone } from "../use-phone.ts";
import { CardList } from "./card-list.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import classes from "./data-table.module.css";
import { Grid } from "./grid.tsx";
import type { DataTableProps } from "./table-props.ts";
import { useTableLayout } from "./use-layout.ts";

/** A working table over any number of rows: only those in sight are drawn. On a phone each row is a card. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, columns, rows, loading = false, error, tools, height = "fill" } = props;
  const phone = usePhone();
  const [layout, changeLayout, resetLayout] = useTableLayout(name, columns);
  const shown = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return layout.order.flatMap((id) => byId.get(id) ?? []).filter((column) => !layout.hidden.includes(column.id));
  }, [columns, layout]);
  const body = (): ReactNode => {
    if (error && rows.length === 0) return <ErrorState error={error} retry={props.onRetry} />;
    if (!loading && rows.length === 0) return props.empty;
    if (phone) return <CardList {...props} columns={columns} />;
    return <Grid {...props} columns={shown} layout={layout} onLayout={changeLayout} />;
  };
  return (
    <div className={classes.frame} data-fill={height === "fill" || undefined} style={height === "fill" ? undefined : { blockSize: height }}>
      <div className={classes.tools}>
        <div className={classes.toolsStart}>{tools}</div>
        {!phone && <ColumnChooser columns={columns} layout={layout} onLayout={changeLayout} onReset={resetLayout} />}
      </div>
      {body()}
      <TableFooter shownRows={rows.length} total={props.total} footer={props.footer} loading={loading} />
    </div>
  );
}

function TableFooter({
  shownRows,
  total,
  footer,
  loading,
}: {
  shownRows: number;
  total: DataTableProps<unknown>["total"];
  footer: ReactNode;
  loading: boolean;
}) {
  const { t } = useTranslation("ui");
  const key = total === undefined ? "table.rows" : total.exact ? "table.rowsOf" : "table.rowsOfAbout";
  return (
    <div className={`num ${classes.footer}`}>
      <output aria-live="polite">
        {loading && shownRows === 0
          ? t("table.loading")
          : shownRows > 0 || total
            ? t(key, { count: total?.count ?? shownRows, shown: shownRows })
            : ""}
      </output>
      <div>{footer}</div>
    </div>
  );
}
