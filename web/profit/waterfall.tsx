import { useTranslation } from "react-i18next";
import { Money } from "../ui/money.tsx";
import { type Parts, waterfall } from "./amounts.ts";
import classes from "./profit.module.css";
import { useWords } from "./words.ts";

/** From income to economic profit: one line a step, its bar where the step before it ended. */
export function Waterfall({ parts, currency, label }: { parts: Parts; currency: string; label: string }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  const steps = waterfall(parts);
  const ends = steps.flatMap(({ from, to }) => [Number(from), Number(to)]);
  const low = Math.min(0, ...ends);
  const span = Math.max(0, ...ends) - low || 1;
  const place = (minor: bigint) => ((Number(minor) - low) / span) * 100;
  return (
    <table className={classes.waterfall} aria-label={label}>
      <tbody>
        {steps.map(({ name, isSum, minor, from, to }) => {
          const [start, end] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
          return (
            <tr key={name} data-sum={isSum || undefined}>
              <th scope="row">{isSum ? t(`sums.${name}`) : words("parts", name)}</th>
              <td className={classes.bars} aria-hidden="true">
                <span
                  className={classes.bar}
                  data-tone={isSum ? (minor < 0n ? "bad" : "sum") : minor < 0n ? "cost" : "income"}
                  style={{ insetInlineStart: `${start}%`, inlineSize: `max(2px, ${end - start}%)` }}
                />
                <span className={classes.zero} style={{ insetInlineStart: `${place(0n)}%` }} />
              </td>
              <td className="num">
                <Money minor={minor} currency={currency} style="compact" alarm={isSum} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
