import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import type { Drill } from "./drill-panel.tsx";
import type { Portfolio } from "./portfolio.ts";

const splits = ["branch", "kind", "currency"] as const;
const shownMax = 15;

/** Exposure and expected loss by branch, product or currency, the largest first. */
export function SplitPart({ portfolio, onShow }: { portfolio: Portfolio; onShow: (drill: Drill) => void }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const [split, setSplit] = useUrlState("by", (raw) => splits.find((one) => one === raw) ?? "branch");
  const rows =
    split === "branch"
      ? portfolio.branches.map((row) => ({
          ...row,
          key: row.branchId ?? "",
          label: row.name ?? t("noBranch"),
          drill: { branchId: row.branchId ?? "" },
        }))
      : split === "kind"
        ? portfolio.kinds.map((row) => ({ ...row, key: row.kind, label: words.kind(row.kind), drill: { kind: row.kind } }))
        : portfolio.currencies.map((row) => ({
            ...row,
            key: row.code,
            label: `${row.code} · ${format.currencyName(row.code)}`,
            drill: { currency: row.code },
          }));
  return (
    <Surface
      title={t("split.title")}
      padding="none"
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("split.title")}
          data={splits.map((value) => ({ value, label: t(`split.${value}`) }))}
          value={split}
          onChange={(value) => setSplit(value, { replace: true })}
        />
      }
    >
      <WideTable label={t("split.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`split.${split}`)}</th>
            <th scope="col" className="num">
              {t("customers")}
            </th>
            <th scope="col" className="num">
              {t("atDefault")}
            </th>
            <th scope="col" className="num">
              {t("expectedLoss")}
            </th>
            <th scope="col" className="num">
              {t("lossRate")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownMax).map(({ key, label, drill, customers, defaultMinor, expectedLossMinor }) => (
            <tr key={key}>
              <th scope="row">
                {key === "" ? (
                  label
                ) : (
                  <button type="button" className={classes.link} onClick={() => onShow(drill)}>
                    <bdi>{label}</bdi>
                  </button>
                )}
              </th>
              <td className="num">{format.number(customers)}</td>
              <td className="num">
                <Money minor={defaultMinor} currency={portfolio.currency} style="compact" />
              </td>
              <td className="num">
                <Money minor={expectedLossMinor} currency={portfolio.currency} style="compact" />
              </td>
              <td className="num">{words.chance(Number(defaultMinor) > 0 ? Number(expectedLossMinor) / Number(defaultMinor) : 0)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
