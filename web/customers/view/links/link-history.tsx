import { useTranslation } from "react-i18next";
import { DateText } from "../../../ui/date-text.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useFormat } from "../../../ui/preferences.tsx";
import { Surface } from "../../../ui/surface.tsx";
import type { LinkEvent } from "./identity.ts";
import classes from "./links.module.css";
import { useLinkReason } from "./use-link-reason.ts";

/** Every link that ever held one of these records to a customer, the undone ones too, the newest first. */
export function LinkHistory({ history }: { history: readonly LinkEvent[] }) {
  const { t } = useTranslation("customers");
  const newestFirst = history.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  if (history.length === 0) return <EmptyState reason="data" compact title={t("links.noHistory")} />;
  return (
    <Surface title={t("links.history")} padding="none">
      <ol className={classes.events}>
        {newestFirst.map((event) => (
          <Event key={`${event.partyId} ${event.at} ${event.decision}`} event={event} />
        ))}
      </ol>
    </Surface>
  );
}

function Event({ event }: { event: LinkEvent }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const why = useLinkReason();
  return (
    <li data-undone={event.undoneAt !== null || undefined}>
      <span className={classes.when}>
        <DateText value={event.at} time />
      </span>
      <span className={classes.what}>
        <span className={classes.record}>
          <bdi>{event.sourceName}</bdi>{" "}
          <bdi dir="ltr" className="num">
            {event.sourceKey}
          </bdi>
          {event.customerNo !== null && (
            <span className={classes.to}>
              {" "}
              {t("links.to")}{" "}
              <bdi dir="ltr" className="num">
                {format.code(event.customerNo)}
              </bdi>
            </span>
          )}
        </span>
        <span className={classes.why}>
          {why(event)} <bdi>{event.byName ?? t("links.bySystem")}</bdi>
        </span>
        {event.undoneAt !== null && (
          <span className={classes.undone}>
            {t("links.undone")} <DateText value={event.undoneAt} time />
            {event.undoneByName !== null && (
              <>
                {" · "}
                <bdi>{event.undoneByName}</bdi>
              </>
            )}
          </span>
        )}
      </span>
    </li>
  );
}
