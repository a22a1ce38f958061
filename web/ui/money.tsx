import { minorToDecimal } from "./currency.ts";
import type { MoneyStyle } from "./format.ts";
import classes from "./money.module.css";
import { useFormat } from "./preferences.tsx";

interface MoneyProps {
  /** Minor units; a string because JSON has no bigint. */
  minor: string | bigint;
  currency: string;
  /** "plain" leaves the currency out: where the column's header says it. */
  style?: MoneyStyle;
  /** Colours a negative amount. Only where negative is bad news, not where it is merely outgoing. */
  alarm?: boolean;
  size?: "inherit" | "large";
}

/** An amount in tabular figures. The exact amount is in the title when it is shown shortened. */
export function Money({ minor, currency, style = "code", alarm = false, size = "inherit" }: MoneyProps) {
  const format = useFormat();
  const title = style === "compact" ? format.money(minor, currency) : undefined;
  const negative = BigInt(minor) < 0n;
  const text = style === "code" ? format.money(minor, currency, "plain") : format.money(minor, currency, style);
  return (
    <data
      className={`num ${classes.money} ${size === "large" ? classes.large : ""}`}
      value={`${minorToDecimal(minor, currency)} ${currency}`}
      title={title}
      data-alarm={alarm && negative ? true : undefined}
    >
      <bdi>{text}</bdi>
      {style === "code" && <span className={classes.currency}> {currency}</span>}
    </data>
  );
}
