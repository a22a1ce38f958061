import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import { Surface } from "../ui/surface.tsx";
import classes from "./behaviour.module.css";
import { type Behaviour, type Told, useBehaviourWords } from "./words.ts";

/** What is likely in the coming months, each with the range four of five such months lie in. */
export function AheadPart({ known }: { known: Behaviour }) {
  const { t } = useTranslation(["behaviour", "customers"]);
  const format = useFormat();
  const words = useBehaviourWords(known.currency);
  const { ahead } = known;
  if (ahead === null)
    return (
      <Surface title={t("ahead.title")}>
        <p className={classes.note}>{t("ahead.objects")}</p>
      </Surface>
    );
  const told = [
    { name: t("ahead.balance"), measure: "balance_minor", told: ahead.balance, at: 2 },
    { name: t("ahead.moneyIn"), measure: "in_minor", told: ahead.moneyIn, at: 0 },
    { name: t("ahead.moneyOut"), measure: "out_minor", told: ahead.moneyOut, at: 0 },
    { name: t("ahead.bookings"), measure: "out_count", told: ahead.bookings, at: 0 },
  ] as const;
  const chances: readonly (readonly [string, number | null, string | undefined])[] = [
    [t("ahead.leaves"), ahead.leaves, undefined],
    [t("ahead.responds"), ahead.responds, undefined],
    [t("ahead.nextProduct"), ahead.nextProduct?.chance ?? null, ahead.nextProduct?.product],
  ];
  return (
    <Surface title={t("ahead.title")}>
      <dl className={classes.ahead}>
        {told.map(({ name, measure, told: forecast, at }) => (
          <Line key={measure} name={name} {...of(forecast, at, (value) => words.figure(measure, value), t)} />
        ))}
        {chances.map(
          ([name, chance, product]) =>
            chance !== null && (
              <Line
                key={name}
                name={name}
                value={format.percent(chance)}
                note={product === undefined ? undefined : t(`customers:codes.kind.${product}`, { defaultValue: product })}
              />
            ),
        )}
      </dl>
      <p className={classes.note}>{t("ahead.how")}</p>
    </Surface>
  );
}

type Words = (key: string, values: Record<string, string>) => string;

/** A forecast in figures: the month asked for, its range, and how far out the method was when it could be seen. */
function of(forecast: Told | null, at: number, figure: (value: number) => string, t: Words): { value: string; note?: ReactNode } {
  const month = forecast?.months[at];
  if (forecast === null || month === undefined) return { value: "–", note: t("ahead.tooFew", {}) };
  const range = t("ahead.range", { low: figure(month.low), high: figure(month.high) });
  const missed = forecast.missed === null ? "" : ` · ${t("ahead.missed", { by: figure(forecast.missed) })}`;
  return { value: figure(month.expected), note: `${range}${missed}` };
}

function Line({ name, value, note }: { name: string; value: string; note?: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
      {note !== undefined && <dd className={classes.note}>{note}</dd>}
    </div>
  );
}
