import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { viewAlert } from "../../../server/intelligence/fraud/alerts/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { TimelineList } from "../../ui/timeline-list.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { AlertView } from "../alert.ts";
import { AlertMark } from "../alert-mark.tsx";
import classes from "../fraud.module.css";
import { AlertActs } from "./acts.tsx";
import { Payments } from "./payments.tsx";
import { Shared } from "./shared.tsx";

/** One alert: the payments with why, what is usual on the account, who else pays these payees, and what was done. */
export function AlertPage() {
  const { t } = useTranslation("fraud");
  const { alertId } = useParams({ strict: false }) as { alertId: string };
  const view = useEndpoint(viewAlert, { params: { alertId } });
  if (view.error && view.data === undefined) return <ErrorState error={view.error} retry={() => void view.refetch()} />;
  if (view.data === undefined)
    return (
      <PageHeader
        title={t("queue.title")}
        note={<span role="status">{t("queue.loading")}</span>}
        path={[{ label: t("queue.title"), to: "/fraud" }]}
      />
    );
  return <Loaded view={view.data} />;
}

function Loaded({ view }: { view: AlertView }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const mayDecide = useCan("fraud:decide");
  const { alert, payments, events, shared, usual } = view;
  const { customerId, customerName, currency } = alert;
  const said = events.map(({ kind, personName, at, note, detail }, place) => ({
    id: String(place),
    at,
    title: (
      <>
        {t(`events.${kind}`)}
        {kind === "closed" && typeof detail.outcome === "string" && `: ${t(`outcomes.${detail.outcome}`)}`}
      </>
    ),
    text: (
      <>
        <bdi>{personName ?? t("alert.product")}</bdi>
        {note !== null && (
          <>
            {": "}
            <bdi>{note}</bdi>
          </>
        )}
      </>
    ),
  }));
  return (
    <>
      <PageHeader
        title={t("alert.title", { name: `\u2068${customerName}\u2069` })}
        path={[{ label: t("queue.title"), to: "/fraud" }]}
        note={
          <span className="num">
            <AlertMark alert={alert} /> {t("queue.loss")} <Money minor={alert.expectedLossMinor} currency={currency} /> ·{" "}
            {t("queue.chance", { n: format.percent(alert.probability, alert.probability < 0.01 ? 1 : 0) })}
            {alert.assigneeName !== null && ` · ${t("queue.withName", { name: `\u2068${alert.assigneeName}\u2069` })}`}
            {alert.informedAt !== null && ` · ${t("alert.informedAt")}`}
          </span>
        }
        actions={
          <Button component={AppLink} to="/customers/$customerId" params={{ customerId } as never} variant="default">
            {t("alert.customer")}
          </Button>
        }
      />
      {mayDecide && <AlertActs alert={alert} payments={payments} />}
      <div className={classes.columns}>
        <Payments payments={payments} currency={currency} />
        <div className={classes.stack}>
          <Surface title={t("alert.usual")}>
            {usual.length === 0 ? (
              <p className={`${classes.quiet} ${classes.figure}`}>{t("alert.nothingUsual")}</p>
            ) : (
              usual.map((one) => (
                <p key={`${one.holdingId}${one.currency}`} className={`num ${classes.figure}`}>
                  {t("alert.usualText", {
                    n: format.number(one.payments),
                    payees: format.number(one.payees),
                    mean: `\u2068${format.money(one.meanMinor, one.currency)}\u2069`,
                    largest: `\u2068${format.money(one.largestMinor, one.currency)}\u2069`,
                  })}
                </p>
              ))
            )}
          </Surface>
          <Shared shared={shared} />
          <Surface title={t("alert.events")}>
            <TimelineList items={said} label={t("alert.events")} />
          </Surface>
        </div>
      </div>
    </>
  );
}
