import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseFaces } from "../../ui/chinese-faces.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { Alert } from "../alert.ts";
import { AlertMark } from "../alert-mark.tsx";
import classes from "../fraud.module.css";
import { Reasons } from "../reasons.tsx";
import { WallTime } from "../wall-time.tsx";

interface AlertRowProps {
  alert: Alert;
  isCurrent: boolean;
  onCurrent: () => void;
  onTake: () => void;
}

export function AlertRow({ alert, isCurrent, onCurrent, onTake }: AlertRowProps) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const mayDecide = useCan("fraud:decide");
  useChineseFaces(alert.customerName);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const { alertId, customerName, payments, firstAt, currency, amountMinor, expectedLossMinor, probability, assigneeName } = alert;
  return (
    <li
      ref={row}
      className={classes.row}
      data-current={isCurrent || undefined}
      aria-current={isCurrent ? "true" : undefined}
      onPointerDown={onCurrent}
      onFocus={onCurrent}
    >
      <div className={classes.who}>
        <AppLink
          to="/fraud/$alertId"
          params={{ alertId } as never}
          className={classes.name}
          aria-label={t("queue.open", { name: customerName })}
        >
          <bdi>{customerName}</bdi>
        </AppLink>
        <div className={classes.quiet}>
          <bdi className="num">{format.code(alert.customerNo)}</bdi> · <WallTime value={firstAt} hasTime={false} />
        </div>
        <div>
          <AlertMark alert={alert} />{" "}
          {alert.state !== "closed" && alert.action !== "review" && <StateMark tone="warn">{t(`actions.${alert.action}`)}</StateMark>}
        </div>
        {assigneeName !== null && alert.state === "taken" && (
          <div className={classes.quiet}>{t("queue.withName", { name: `\u2068${assigneeName}\u2069` })}</div>
        )}
      </div>
      <Reasons rules={alert.rules} reasons={alert.reasons} currency={currency} hasTime={alert.hasTime} max={4} />
      <div className={classes.loss}>
        <Money minor={expectedLossMinor} currency={currency} size="large" />
        <div className={classes.quiet}>{t("queue.loss")}</div>
        <div className={`num ${classes.quiet}`}>
          {t("queue.payments", { count: payments })} · <bdi>{format.money(amountMinor, currency, "round")}</bdi>
        </div>
        <div className={`num ${classes.quiet}`}>{t("queue.chance", { n: format.percent(probability, probability < 0.01 ? 1 : 0) })}</div>
      </div>
      <div className={classes.acts}>
        {mayDecide && alert.state === "open" && (
          <Button size="compact-sm" variant="default" onClick={onTake}>
            {t("alert.take")}
          </Button>
        )}
      </div>
    </li>
  );
}
