import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { AlertView } from "../alert.ts";
import { AlertMark } from "../alert-mark.tsx";
import classes from "../fraud.module.css";

/** As far back as the answer looks. */
const DAYS = 90;

/** The payees as a network: how many customers pay them, and the alerts of others that lead to the same payee. */
export function Shared({ shared }: { shared: AlertView["shared"] }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  return (
    <Surface title={t("alert.shared")}>
      {shared.map(({ payee, customers, payments, confirmedFrauds, alerts }) => (
        <div key={payee} className={classes.payment}>
          <div className={classes.wide}>
            <bdi>
              <strong>{payee}</strong>
            </bdi>
            <div className={`num ${classes.quiet}`}>
              {t("alert.sharedText", { days: DAYS, customers: format.number(customers), payments: format.number(payments) })}
              {confirmedFrauds > 0 && ` · ${t("alert.frauds", { n: format.number(confirmedFrauds) })}`}
            </div>
            {alerts.length > 0 && (
              <ul className={classes.list}>
                {alerts.map((alert) => (
                  <li key={alert.alertId}>
                    <AppLink to="/fraud/$alertId" params={{ alertId: alert.alertId } as never} className={classes.name}>
                      <bdi>{alert.customerName}</bdi>
                    </AppLink>{" "}
                    <AlertMark alert={alert} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      ))}
    </Surface>
  );
}
