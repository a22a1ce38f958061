import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useFormat } from "../../../ui/preferences.tsx";
import { Surface } from "../../../ui/surface.tsx";
import { WideTable } from "../../../ui/wide-table.tsx";
import { useCodes } from "../../codes.ts";
import { useAttributeWords } from "../profile.tsx";
import classes from "./as-of.module.css";
import { type ComparedRow, compare, type Past } from "./as-of-rows.ts";
import type { AsOfState } from "./as-of-state.ts";

interface AsOfTableProps {
  state: AsOfState;
  one: Past;
  /** Beside it, with what differs marked. */
  other: Past | null;
}

export function AsOfTable({ state, one, other }: AsOfTableProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  if (one.records.length === 0 && (other === null || other.records.length === 0)) {
    return <EmptyState reason="data" title={t("asOf.nothing")} text={t(`asOf.nothingText.${state.by}`)} />;
  }
  const rows = compare(one, other ?? one);
  const differing = rows.filter(({ differs }) => differs).length;
  return (
    <Surface title={other === null ? t("asOf.title") : t("asOf.differences", { count: differing })} padding="none">
      <WideTable label={t("asOf.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("records.attribute")}</span>
            </th>
            <th scope="col">{format.date(state.day, "long")}</th>
            {state.with !== null && other !== null && <th scope="col">{format.date(state.with, "long")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.group} ${row.name}`} row={row} both={other !== null} />
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function Row({ row, both }: { row: ComparedRow; both: boolean }) {
  const { t } = useTranslation("customers");
  const words = useAttributeWords();
  const codes = useCodes();
  const label = {
    attribute: () => t(`attributes.${row.name}`),
    contact: () => t("asOf.all", { kind: t(`contacts.${row.name}`) }),
    identifier: () => codes("scheme", row.name),
    records: () => t("tabs.records"),
  }[row.group]();
  const say = row.group === "attribute" ? words(row.name) : (value: string) => value;
  return (
    <tr data-differs={row.differs || undefined}>
      <th scope="row">
        {label}
        {row.differs && <span className={classes.mark}>{t("asOf.differs")}</span>}
      </th>
      <Said values={row.before} say={say} />
      {both && <Said values={row.after} say={say} />}
    </tr>
  );
}

function Said({ values, say }: { values: readonly string[]; say: (value: string) => string }) {
  const { t } = useTranslation("customers");
  if (values.length === 0) return <td className={classes.none}>{t("asOf.none")}</td>;
  return (
    <td>
      {values.map((value) => (
        <div key={value}>
          <bdi>{say(value)}</bdi>
        </div>
      ))}
    </td>
  );
}
