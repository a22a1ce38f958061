import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listAttention } from "../../../server/intelligence/offers/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { kindTones } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";

const ROWS = 5;
const MORE_ROWS = 20;

/** Who needs me today and why, most at stake first, each with one thing to do. */
export function AttentionPart() {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const [rows, setRows] = useState(ROWS);
  const { data, error } = useEndpoint(listAttention, { query: { rows } }, { keepPrevious: true });
  const words = useOfferWords(data?.currency ?? "EUR");
  if (error) return <ErrorNote error={error} />;
  if (data === undefined) return <Skeleton height={320} radius="md" className={classes.wide ?? ""} />;
  // Nobody looks after customers here, or nothing was decided yet.
  if (data.customers.length === 0 && data.scope === "reach") return null;
  return (
    <div className={classes.wide}>
      <Surface
        title={t(`attention.${data.scope}`)}
        aside={
          data.decidedOn !== null && (
            <span className={`num ${classes.quiet}`}>{t("attention.day", { day: format.date(data.decidedOn, "day") })}</span>
          )
        }
        padding="none"
      >
        {data.customers.length === 0 && <EmptyState compact reason="data" title={t("attention.none")} text={t("attention.noneText")} />}
        <ol className={classes.people}>
          {data.customers.map(({ actionId, kind, reasons, ...customer }) => (
            <li key={customer.customerId}>
              <CustomerName customer={customer} />
              <span className={classes.because}>
                {reasons.map((reason) => (
                  <span key={reason.code}>{words.reason(reason)}</span>
                ))}
              </span>
              <span className={classes.todo}>
                <StateMark tone={kindTones[kind]}>{words.action(actionId)}</StateMark>
              </span>
            </li>
          ))}
        </ol>
        {rows === ROWS && data.customers.length === ROWS && (
          <div className={classes.below}>
            <Button size="compact-sm" variant="subtle" onClick={() => setRows(MORE_ROWS)}>
              {t("attention.more")}
            </Button>
          </div>
        )}
      </Surface>
    </div>
  );
}
