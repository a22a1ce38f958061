import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { PointsTable } from "../points-table.tsx";
import classes from "../risk.module.css";
import { toneOfChance, useRiskWords } from "../words.ts";
import type { CustomerRisk } from "./customer-risk.ts";

interface RatingPartProps {
  risk: CustomerRisk;
  rating: NonNullable<CustomerRisk["rating"]>;
}

/** The band, what it rests on, and the points of every characteristic. */
export function RatingPart({ risk, rating }: RatingPartProps) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  return (
    <Surface title={t("rating.title")} aside={<StateMark tone={toneOfChance(rating.probability)}>{words.band(rating.band)}</StateMark>}>
      <div className={classes.stack}>
        <dl className={classes.facts}>
          <dt>{t("chance")}</dt>
          <dd className="num">{words.chance(rating.probability)}</dd>
          {rating.challengerProbability !== null && (
            <>
              <dt>{t("challenger")}</dt>
              <dd className="num">{words.chance(rating.challengerProbability)}</dd>
            </>
          )}
          {rating.points !== null && (
            <>
              <dt>{t("points")}</dt>
              <dd className="num">{words.points(rating.points)}</dd>
            </>
          )}
          <dt>{t("daysPastDue")}</dt>
          <dd className="num">{format.number(rating.daysPastDue)}</dd>
          <dt>{t("drawn")}</dt>
          <dd>
            <Money minor={rating.drawnMinor} currency={risk.currency} />
          </dd>
          <dt>{t("expectedLoss")}</dt>
          <dd>
            <Money minor={rating.expectedLossMinor} currency={risk.currency} />
          </dd>
          {rating.bandBefore !== null && (
            <>
              <dt>{t("bandBefore")}</dt>
              <dd>{words.band(rating.bandBefore)}</dd>
            </>
          )}
        </dl>
        <p className={classes.note}>
          {t(`basis.${rating.basis}`, { n: format.number(rating.daysPastDue) })} {t("rating.asOf", { date: format.date(rating.ratedOn) })}
        </p>
        {rating.parts.length > 0 && <PointsTable parts={rating.parts} />}
        {risk.history.length > 1 && (
          <p className={classes.note}>
            {t("rating.course")} {risk.history.map(({ month, band }) => `${format.date(month, "month")}: ${words.band(band)}`).join(" · ")}
          </p>
        )}
      </div>
    </Surface>
  );
}
