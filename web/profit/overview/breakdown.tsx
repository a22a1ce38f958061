import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { type Parts, sumOf } from "../amounts.ts";
import type { Profit } from "../answers.ts";
import classes from "../profit.module.css";
import { Waterfall } from "../waterfall.tsx";
import { useWords } from "../words.ts";
import type { ChosenSlice } from "./slice.ts";

const facets = ["branch", "product", "tier", "segment"] as const;
type Facet = (typeof facets)[number];

interface Row {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly parts: Parts;
  /** Looks at this one alone. */
  readonly choose: (() => void) | null;
}

/** Profit by branch, product, tier or segment; a row opens its own way from income to economic profit. */
export function Breakdown({ profit, slice }: { profit: Profit; slice: ChosenSlice }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const [facet, setFacet] = useState<Facet>("branch");
  const [open, setOpen] = useState<string | null>(null);
  const rows = useRows(facet, profit, slice).toSorted((a, b) => Number(sumOf(b.parts, slice.measure) - sumOf(a.parts, slice.measure)));
  return (
    <Surface
      title={t("by.title")}
      padding="none"
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("by.title")}
          data={facets.map((value) => ({ value, label: t(`by.${value}`) }))}
          value={facet}
          onChange={(value) => {
            setFacet(facets.find((one) => one === value) ?? "branch");
            setOpen(null);
          }}
        />
      }
    >
      <WideTable label={t("by.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`by.${facet}`)}</th>
            <th scope="col">{t(facet === "product" ? "by.holdings" : "by.customers")}</th>
            <th scope="col">{t("sums.profit")}</th>
            <th scope="col">{t("sums.economic")}</th>
            <th scope="col">{t("by.each")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, count, parts, choose }) => [
            <tr key={key} data-chosen={open === key || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className={classes.plain}
                  aria-expanded={open === key}
                  onClick={() => setOpen(open === key ? null : key)}
                >
                  <bdi>{label}</bdi>
                </button>
              </th>
              <td className="num">{format.number(count)}</td>
              <td>
                <Money minor={sumOf(parts, "profit")} currency={profit.currency} style="compact" alarm />
              </td>
              <td>
                <Money minor={sumOf(parts, "economic")} currency={profit.currency} style="compact" alarm />
              </td>
              <td>
                <Money minor={sumOf(parts, slice.measure) / BigInt(Math.max(1, count))} currency={profit.currency} style="compact" />
              </td>
            </tr>,
            open === key && (
              <tr key={`${key} open`}>
                <td colSpan={5} data-text>
                  <Waterfall parts={parts} currency={profit.currency} label={label} />
                  {choose !== null && (
                    <button type="button" className={classes.plain} onClick={choose}>
                      {t("by.alone", { what: label })}
                    </button>
                  )}
                </td>
              </tr>
            ),
          ])}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function useRows(facet: Facet, profit: Profit, slice: ChosenSlice): Row[] {
  const words = useWords();
  switch (facet) {
    case "branch":
      return profit.branches.map(({ branchId, name, customers, parts }) => ({
        ...{ key: branchId ?? "none", label: name ?? words("segments", null), count: customers, parts },
        choose: branchId === null ? null : () => slice.setBranch(branchId),
      }));
    case "tier":
      return profit.tiers.map(({ name, customers, parts }) => ({
        ...{ key: name ?? "none", label: words("tiers", name), count: customers, parts },
        choose: name === null ? null : () => slice.setTier(name),
      }));
    case "segment":
      return profit.segments.map(({ name, customers, parts }) => ({
        ...{ key: name, label: words("segments", name), count: customers, parts },
        choose: () => slice.setSegment(name),
      }));
    case "product":
      return profit.products.map(({ name, holdings, parts }) => ({
        ...{ key: name, label: words("products", name), count: holdings, parts },
        choose: null,
      }));
  }
}
