import { useDirection } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import classes from "./behaviour.module.css";
import type { Behaviour } from "./words.ts";

const WIDTH = 640;
const HEIGHT = 160;
const MARGIN = 4;

/** The balance at the end of each month, and the range it is expected in; time runs along the reading direction. */
export function BalanceAhead({ known: { months, ahead, currency } }: { known: Behaviour }) {
  const { t } = useTranslation("behaviour");
  const format = useFormat();
  const { dir } = useDirection();
  const coming = ahead?.balance?.months ?? [];
  const seen = months.map(({ balanceMinor }) => Number(balanceMinor));
  const high = Math.max(0, ...seen, ...coming.map((month) => month.high));
  const low = Math.min(0, ...seen, ...coming.map((month) => month.low));
  const last = Math.max(1, seen.length + coming.length - 1);
  const x = (at: number): number => {
    const along = MARGIN + (at / last) * (WIDTH - 2 * MARGIN);
    return dir === "rtl" ? WIDTH - along : along;
  };
  const y = (value: number): number => MARGIN + ((high - value) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
  const line = (values: readonly number[], from = 0) => values.map((value, at) => `${x(from + at)},${y(value)}`).join(" ");
  const now = seen.at(-1) ?? 0;
  const start = seen.length - 1;
  const lows = coming.map((month) => month.low).toReversed();
  const band = `${line([now, ...coming.map((month) => month.high)], start)} ${lows.map((value, at) => `${x(last - at)},${y(value)}`).join(" ")}`;
  const money = (minor: number) => format.money(String(minor), currency, "compact");
  const end = coming.at(-1);
  const [first, newest] = [months[0], months.at(-1)];
  return (
    <figure className={classes.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={classes.curve} aria-hidden="true">
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className={classes.zero} />
        {coming.length > 0 && <polygon points={band} className={classes.band} />}
        <polyline points={line(seen)} className={classes.seen} />
        {coming.length > 0 && <polyline points={line([now, ...coming.map((month) => month.expected)], start)} className={classes.coming} />}
      </svg>
      <figcaption className={classes.ends}>
        <span>{first !== undefined && format.date(first.month, "month")}</span>
        <span>
          {t("balance.now", { month: newest === undefined ? "" : format.date(newest.month, "month"), sum: money(now) })}
          {end !== undefined && ` · ${t("balance.ahead", { low: money(end.low), high: money(end.high) })}`}
        </span>
      </figcaption>
    </figure>
  );
}
