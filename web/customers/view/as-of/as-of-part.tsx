import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { HistoryIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { viewCustomerAsOf } from "../../../../server/customers/history/contract.ts";
import { DateField } from "../../../ui/date-picker/date-field.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { useFormat } from "../../../ui/preferences.tsx";
import { useEndpoint } from "../../../ui/query.ts";
import { todayOf } from "../../days.ts";
import classes from "./as-of.module.css";
import { type AsOfState, queryOf } from "./as-of-state.ts";
import { AsOfTable } from "./as-of-table.tsx";

interface AsOfPartProps {
  customerId: string;
  state: AsOfState;
  onState: (state: AsOfState | undefined) => void;
}

/** The customer on a past day, alone or beside another day. That it is the past is said first and loudest. */
export function AsOfPart({ customerId, state, onState }: AsOfPartProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const today = todayOf(new Date());
  const days = state.with === null ? [state.day] : [state.day, state.with];
  return (
    <section className={classes.part} aria-label={t("asOf.title")}>
      <div className={classes.banner} role="status">
        <HistoryIcon size={20} />
        <p>
          <strong>{t(`asOf.banner.${state.by}`, { day: format.date(state.day, "long") })}</strong> {t("asOf.rules")}
        </p>
        <Button variant="default" size="xs" onClick={() => onState(undefined)}>
          {t("asOf.back")}
        </Button>
      </div>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t("asOf.by")}
          value={state.by}
          onChange={(by) => onState({ ...state, by: by === "valid" ? "valid" : "known" })}
          data={[
            { value: "known", label: t("asOf.known") },
            { value: "valid", label: t("asOf.valid") },
          ]}
        />
        <DateField label={t("asOf.day")} value={state.day} max={today} onValue={(day) => day !== null && onState({ ...state, day })} />
        <DateField label={t("asOf.with")} value={state.with} max={today} onValue={(day) => onState({ ...state, with: day })} />
      </div>
      <Pasts key={days.join()} customerId={customerId} state={state} />
    </section>
  );
}

function Pasts({ customerId, state }: { customerId: string; state: AsOfState }) {
  const { t } = useTranslation("customers");
  const one = useEndpoint(viewCustomerAsOf, { params: { customerId }, query: queryOf(state, state.day) });
  const other = useEndpoint(
    viewCustomerAsOf,
    { params: { customerId }, query: queryOf(state, state.with ?? state.day) },
    { enabled: state.with !== null },
  );
  const failed = one.error ?? other.error;
  if (failed) return <ErrorState error={failed} retry={() => void Promise.all([one.refetch(), other.refetch()])} />;
  if (one.data === undefined || (state.with !== null && other.data === undefined)) {
    return <Skeleton height={320} role="status" aria-label={t("view.loading")} />;
  }
  return <AsOfTable state={state} one={one.data} other={state.with === null ? null : (other.data ?? null)} />;
}
