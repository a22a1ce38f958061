import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readOfferResults } from "../../../server/intelligence/offers/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../offers.module.css";

type OfferResults = AnswerOf<typeof readOfferResults>;

/** Below it the arms are not what was drawn: something in the way decides who is seen. */
const SIZES_CHANCE_MIN = 0.001;

/** Whether proposing brings anything, arm by arm against the customers kept back, and who is proposed sales. */
export function Results() {
  const { t } = useTranslation("offers");
  const { data, error } = useEndpoint(readOfferResults, {});
  if (error) return <ErrorNote error={error} />;
  if (data === undefined) return <Skeleton height={240} />;
  return (
    <>
      <Surface title={t("results.title")} padding="none">
        {data.arms.length === 0 ? <p className={`${classes.quiet} ${classes.below}`}>{t("results.none")}</p> : <Arms results={data} />}
      </Surface>
      {data.exposure.length > 0 && <Exposure results={data} />}
    </>
  );
}

function Arms({ results }: { results: OfferResults }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const points = (value: number) => format.percent(value, 1);
  const isOff = results.sizesChance !== null && results.sizesChance < SIZES_CHANCE_MIN;
  return (
    <>
      <WideTable label={t("results.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("results.arm")}</th>
            <th scope="col">{t("results.customers")}</th>
            <th scope="col">{t("results.answered")}</th>
            <th scope="col">{t("results.opened")}</th>
            <th scope="col">{t("results.lift")}</th>
          </tr>
        </thead>
        <tbody>
          {results.arms.map(({ arm, customers, answered, agreed, opened, rate, lift }) => (
            <tr key={arm}>
              <th scope="row">{t(`results.arms.${arm}`)}</th>
              <td className="num">{format.number(customers)}</td>
              <td className="num">{`${format.number(agreed)} / ${format.number(answered)}`}</td>
              <td className="num">
                {format.number(opened)}
                {rate !== null && <> · {points(rate)}</>}
              </td>
              <td className="num">
                {lift === null ? "–" : t("results.range", { by: points(lift.by), from: points(lift.from), to: points(lift.to) })}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <div className={classes.below}>
        {results.since !== null && <p className={classes.quiet}>{t("results.note", { day: format.date(results.since) })}</p>}
        {results.detectable !== null && results.detectable > 0 && (
          <p className={classes.quiet}>{t("results.small", { least: points(results.detectable) })}</p>
        )}
        {isOff && <p className={classes.bad}>{t("results.sizesOff")}</p>}
      </div>
    </>
  );
}

function Exposure({ results }: { results: OfferResults }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const uneven = results.exposure.some(({ isUneven }) => isUneven);
  return (
    <Surface title={t("results.exposure")} padding="none">
      <WideTable label={t("results.exposure")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("results.group")}</th>
            <th scope="col">{t("results.customers")}</th>
            <th scope="col">{t("results.rate")}</th>
            <th scope="col">{t("results.ratio")}</th>
          </tr>
        </thead>
        <tbody>
          {results.exposure.map(({ trait, group, customers, rate, ratio, isUneven }) => (
            <tr key={`${trait} ${group}`}>
              <th scope="row">{t(`groups.${group === "other" ? "unsaid" : group}`)}</th>
              <td className="num">{format.number(customers)}</td>
              <td className="num">{format.percent(rate)}</td>
              <td>
                <StateMark tone={isUneven ? "bad" : ratio < results.exposureMin ? "warn" : "good"}>{format.percent(ratio)}</StateMark>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {uneven && (
        <p className={`${classes.bad} ${classes.below}`} role="alert">
          {t("results.uneven", { least: format.percent(results.exposureMin, 0) })}
        </p>
      )}
    </Surface>
  );
}
