import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listCreditAlerts, seeCreditAlert } from "../../../server/intelligence/credit/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";

const shownMax = 6;

/** Which of my customers gave reason to worry; nothing where none did. */
export function AlertsPart() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const answer = useEndpoint(listCreditAlerts, {});
  const see = useAction(seeCreditAlert, { refreshes: [listCreditAlerts] });
  const alerts = answer.data?.alerts ?? [];
  if (alerts.length === 0) return null;
  return (
    <Surface title={t("alerts.title")} aside={<StateMark tone="warn">{format.number(alerts.length)}</StateMark>}>
      <ul className={classes.lines}>
        {alerts.slice(0, shownMax).map(({ partyId, alertId, kind, customerId, fullName, band }) => (
          <li key={alertId} className={classes.line}>
            <CustomerName customer={{ customerId, fullName }} tab="risk" note={t(`alerts.kinds.${kind}`)} />
            <span className={classes.mark}>
              {band !== null && <StateMark tone={kind === "watched" ? "warn" : "bad"}>{words.band(band)}</StateMark>}
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t("alerts.seenOf", { name: fullName })}
                onClick={() => see.mutate({ params: { partyId, alertId } })}
              >
                {t("alerts.seen")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
