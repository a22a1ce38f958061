import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readCustomerScores } from "../../../server/intelligence/scores/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../models.module.css";
import type { CustomerScores, Score } from "../models.ts";
import { useModelWords } from "../words.ts";
import { HonestWords } from "./honesty.tsx";
import { Reasons } from "./reasons.tsx";

export const bandTones = { low: "good", medium: "warn", high: "bad" } as const;

/** What the models say of a customer, why, how it moved, and how far to trust it. */
export function ScoresTab({ id }: { id: string }) {
  const { t } = useTranslation("models");
  const answer = useEndpoint(readCustomerScores, { params: { customerId: id } });
  if (answer.error !== null) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={240} />;
  const { isProfiled, scores } = answer.data;
  if (!isProfiled) return <EmptyState reason="data" title={t("scores.objects")} text={t("scores.objectsText")} />;
  if (scores.length === 0) return <EmptyState reason="data" title={t("scores.none")} text={t("scores.noneText")} />;
  const single = scores.filter(({ item }) => item === "");
  const products = scores.filter(({ item }) => item !== "");
  return (
    <div className={classes.scores}>
      {single.map((score) => (
        <SingleScore key={score.modelId} score={score} of={answer.data} />
      ))}
      {products.length > 0 && <Products scores={products} of={answer.data} />}
    </div>
  );
}

function SingleScore({ score, of }: { score: Score; of: CustomerScores }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const history = of.history.filter(({ modelId }) => modelId === score.modelId);
  const honesty = of.honesty.find(({ modelId }) => modelId === score.modelId);
  return (
    <Surface
      title={words.model(score.modelId)}
      aside={<span className={classes.quiet}>{t("scores.asOf", { day: format.date(score.asOf) })}</span>}
    >
      <div className={classes.score}>
        <span className={`num ${classes.chance}`}>{words.chance(score.chance)}</span>
        <StateMark tone={bandTones[score.band]}>{t(`bands.${score.band}`)}</StateMark>
        {history.length > 1 && (
          <Sparkline
            values={history.map(({ chance }) => chance)}
            width={120}
            label={t("scores.history", { values: format.list(history.map(({ chance }) => words.chance(chance))) })}
          />
        )}
      </div>
      <p className={classes.quiet}>{t("scores.meaning", { months: format.number(honesty?.horizonMonths ?? 3) })}</p>
      {score.reasons.length > 0 ? (
        <>
          <h3 className={classes.heading}>{t("scores.why")}</h3>
          <Reasons reasons={score.reasons} currency={of.currency} />
        </>
      ) : (
        <p>{t("scores.nothing")}</p>
      )}
      {honesty !== undefined && <HonestWords of={honesty} />}
    </Surface>
  );
}

function Products({ scores, of }: { scores: readonly Score[]; of: CustomerScores }) {
  const { t } = useTranslation("models");
  const words = useModelWords();
  const modelId = scores[0]?.modelId ?? "";
  const honesty = of.honesty.find((one) => one.modelId === modelId);
  return (
    <Surface title={words.model(modelId)}>
      <ol className={classes.products}>
        {scores.map((score) => (
          <li key={score.item}>
            <span className={classes.score}>
              <strong>{words.product(score.item)}</strong>
              <span className="num">{words.chance(score.chance)}</span>
            </span>
            <Reasons reasons={score.reasons} currency={of.currency} most={2} />
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>{t("scores.productsNote")}</p>
      {honesty !== undefined && <HonestWords of={honesty} />}
    </Surface>
  );
}
