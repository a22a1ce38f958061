import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";

export interface ShockRow {
  readonly code: string;
  readonly kind: "rate" | "currency" | "scenario";
  readonly name: string | null;
  readonly rate: number;
  readonly currencies: Readonly<Record<string, number>>;
  readonly gainMinor: string;
  readonly yearlyInterestMinor: string;
  readonly shareOfNet: number | null;
}

/** "All rates +1 %", "Foreign currencies −10 %", or the bank's own name. */
export function useShockName() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const signed = (share: number) => `${share > 0 ? "+" : "−"}${format.percent(Math.abs(share), 1)}`;
  return ({ kind, name, rate, currencies }: Pick<ShockRow, "kind" | "name" | "rate" | "currencies">): string =>
    kind === "scenario"
      ? (name ?? "")
      : kind === "rate"
        ? t("market.rates", { shift: signed(rate) })
        : t("market.currencies", { shift: signed(currencies["*"] ?? 0) });
}

interface ShocksTableProps {
  shocks: readonly ShockRow[];
  currency: string;
  chosen?: string;
  onChoose?: (code: string) => void;
}

/** What each shock would gain or cost. */
export function ShocksTable({ shocks, currency, chosen, onChoose }: ShocksTableProps) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const nameOf = useShockName();
  return (
    <WideTable label={t("market.shocks")} className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("market.shock")}</th>
          <th scope="col" className="num">
            {t("market.gain")}
          </th>
          <th scope="col" className="num">
            {t("market.ofNet")}
          </th>
          <th scope="col" className="num">
            {t("market.interest")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shocks.map((shock) => (
          <tr key={shock.code} data-chosen={shock.code === chosen || undefined}>
            <th scope="row">
              {onChoose === undefined ? (
                <bdi>{nameOf(shock)}</bdi>
              ) : (
                <button type="button" className={classes.link} aria-pressed={shock.code === chosen} onClick={() => onChoose(shock.code)}>
                  <bdi>{nameOf(shock)}</bdi>
                </button>
              )}
            </th>
            <td className="num">
              <Money minor={shock.gainMinor} currency={currency} style="compact" alarm />
            </td>
            <td className="num">{shock.shareOfNet === null ? "—" : format.percent(shock.shareOfNet, 1)}</td>
            <td className="num">
              <Money minor={shock.yearlyInterestMinor} currency={currency} style="compact" />
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
