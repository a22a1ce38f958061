import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Dimension, dimensions, type QualityField } from "../../../server/customers/quality/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { addUp, type Count, heatOf } from "../heat.ts";
import { type Part, useDimension, workOf } from "../part.ts";
import type { Quality } from "../quality.ts";
import { useQualityWords } from "../words.ts";
import classes from "./overview.module.css";

/** What share of the records fails, by field and source, in one dimension. Every figure leads to its customers. */
export function HeatTable({ quality, part }: { quality: Quality; part: Part }) {
  const { t } = useTranslation("quality");
  const words = useQualityWords();
  const [dimension, setDimension] = useDimension();
  const own = quality.figures.filter((figure) => figure.dimension === dimension);
  const fields = quality.rules.filter((rule) => rule.dimension === dimension).map(({ field }) => field);
  const sources = quality.sources.filter(({ sourceId }) => part.sourceId === null || sourceId === part.sourceId);
  const countOf = (field: QualityField, sourceId: number | null): Count =>
    addUp(own.filter((figure) => figure.field === field && (sourceId === null || figure.sourceId === sourceId)));
  const link = { dimension, branchId: part.branchId };
  return (
    <Surface
      title={t("heat.title")}
      padding="none"
      aside={
        <SegmentedControl
          size="xs"
          className={classes.choice}
          aria-label={t("heat.dimension")}
          data={dimensions.map((value) => ({ value, label: words.dimension(value) }))}
          value={dimension}
          onChange={(value) => setDimension(value as Dimension, { replace: true })}
        />
      }
    >
      <p className={classes.note}>{t(`heat.${dimension}`)}</p>
      <WideTable label={t("heat.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("heat.field")}</th>
            {sources.map(({ sourceId, name }) => (
              <th key={sourceId} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
            {sources.length > 1 && <th scope="col">{t("heat.together")}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{words.field(field)}</th>
              {sources.map(({ sourceId, name }) => (
                <Cell key={sourceId} count={countOf(field, sourceId)} field={field} sourceId={sourceId} where={name} {...link} />
              ))}
              {sources.length > 1 && (
                <Cell count={countOf(field, null)} field={field} sourceId={null} where={t("heat.together")} {...link} />
              )}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

interface CellProps {
  count: Count;
  dimension: Dimension;
  field: QualityField;
  sourceId: number | null;
  branchId: string | null;
  where: string;
}

function Cell({ count, dimension, field, sourceId, branchId, where }: CellProps) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const words = useQualityWords();
  const mayList = useCan("customer:read");
  const { failing, records } = count;
  const text = words.share(failing, records);
  const title =
    records === 0 ? t("heat.nothing") : t("overview.failing", { failing: format.number(failing), records: format.number(records) });
  return (
    <td data-heat={heatOf(failing, records)} title={title} className="num">
      {failing > 0 && mayList ? (
        <AppLink
          to="/quality/work"
          search={workOf(dimension, field, sourceId, branchId) as never}
          className={classes.figure}
          aria-label={t("heat.open", { fault: words.fault(dimension, field), where, share: text })}
        >
          {text}
        </AppLink>
      ) : (
        <span className={classes.figure}>{text}</span>
      )}
    </td>
  );
}
