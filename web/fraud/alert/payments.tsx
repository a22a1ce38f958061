import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { AlertPayment } from "../alert.ts";
import { isOfTime, useEvidence } from "../evidence.ts";
import classes from "../fraud.module.css";
import { Reasons } from "../reasons.tsx";
import { WallTime } from "../wall-time.tsx";

/** The payments in the order in which they happened, each with why it is suspected. */
export function Payments({ payments, currency }: { payments: readonly AlertPayment[]; currency: string }) {
  const { t } = useTranslation("fraud");
  return (
    <Surface title={t("alert.payments")}>
      {payments.map((payment) => (
        <Payment key={payment.paymentId} payment={payment} currency={currency} />
      ))}
    </Surface>
  );
}

function Payment({ payment, currency }: { payment: AlertPayment; currency: string }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const evidence = useEvidence(currency);
  const { payee, at, hasTime, holdingNumber, sourceName, amountMinor, bankMinor, probability, isFraud, isLive, setNo, modelNo } = payment;
  const features = Object.entries(payment.features).filter(([feature]) => hasTime || !isOfTime(feature));
  // Where only the day is known, what was measured of the hour says what that of the day says.
  const measured = [...new Set(features.map(([feature, value]) => evidence(feature, value, hasTime)))];
  return (
    <article className={classes.payment}>
      <div>
        <bdi>
          <strong>{payee}</strong>
        </bdi>{" "}
        {isFraud !== null && <StateMark tone={isFraud ? "bad" : "good"}>{t(isFraud ? "alert.wasFraud" : "alert.wasGenuine")}</StateMark>}
        {isLive && <StateMark tone="accent">{t("alert.live")}</StateMark>}
        <div className={classes.quiet}>
          <WallTime value={at} hasTime={hasTime} /> · <bdi>{holdingNumber === null ? sourceName : format.code(holdingNumber)}</bdi>
        </div>
      </div>
      <div className={classes.amount}>
        <Money minor={amountMinor} currency={payment.currency} />
        {payment.currency !== currency && (
          <div className={classes.quiet}>
            <Money minor={bankMinor} currency={currency} />
          </div>
        )}
        <div className={`num ${classes.quiet}`}>{format.percent(probability, probability < 0.01 ? 1 : 0)}</div>
      </div>
      <div className={classes.wide}>
        <Reasons rules={payment.rules} reasons={payment.reasons} currency={currency} hasTime={hasTime} />
        <details>
          <summary className={classes.quiet}>{t("alert.features")}</summary>
          <ul className={`num ${classes.reasons}`}>
            {measured.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p className={classes.quiet}>
            {t("alert.under", { set: format.number(setNo), model: modelNo === null ? t("alert.noModel") : format.number(modelNo) })}
          </p>
        </details>
      </div>
    </article>
  );
}
