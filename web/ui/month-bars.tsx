import classes from "./month-bars.module.css";
import { useFormat } from "./preferences.tsx";

interface MonthBarsProps {
  months: readonly { readonly month: string; readonly minor: string }[];
  currency: string;
  label: string;
}

/** One bar a month, up for what was earned and down for what it cost; months run along the reading direction. */
export function MonthBars({ months, currency, label }: MonthBarsProps) {
  const format = useFormat();
  const values = months.map(({ minor }) => Number(minor));
  const high = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const span = high - low || 1;
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <figure className={classes.figure}>
      <ul className={classes.bars} aria-label={label}>
        {months.map(({ month, minor }, at) => {
          const value = values[at] ?? 0;
          const text = `${format.date(month, "month")}: ${format.money(minor, currency)}`;
          return (
            <li key={month} title={text}>
              <span className="visually-hidden">{text}</span>
              <span
                className={classes.bar}
                data-negative={value < 0 || undefined}
                style={{
                  insetBlockStart: `${((high - Math.max(0, value)) / span) * 100}%`,
                  blockSize: `max(1px, ${(Math.abs(value) / span) * 100}%)`,
                }}
              />
            </li>
          );
        })}
      </ul>
      <figcaption className={classes.ends}>
        <span>{format.date(first.month, "month")}</span>
        <span>{format.date(last.month, "month")}</span>
      </figcaption>
    </figure>
  );
}
