import { type CalendarDate, parseDate } from "@internationalized/date";
import { ChevronLeftIcon, ChevronRightIcon } from "@primer/octicons-react";
import { use } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarStateContext,
  CalendarGrid as Days,
  I18nProvider,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useFormat, usePreferences } from "../preferences.tsx";
import { toCalendarDate, toIso } from "./calendar-date.ts";
import classes from "./calendar-grid.module.css";

interface CalendarGridProps {
  label: string;
  value: string | null;
  onValue: (iso: string) => void;
  min?: string | undefined;
  max?: string | undefined;
}

/** A month of the person's calendar. Loaded only when somebody opens it. */
export function CalendarGrid({ label, value, onValue, min, max }: CalendarGridProps) {
  const { t } = useTranslation("ui");
  const { preferences, format } = usePreferences();
  return (
    <I18nProvider locale={format.tag}>
      <Calendar
        aria-label={label}
        className={`num ${classes.calendar ?? ""}`}
        value={value === null ? null : toCalendarDate(value, preferences.calendar)}
        minValue={min === undefined ? null : parseDate(min)}
        maxValue={max === undefined ? null : parseDate(max)}
        onChange={(date) => onValue(toIso(date as CalendarDate))}
        autoFocus
      >
        <header className={classes.head}>
          <Button slot="previous" aria-label={t("date.previousMonth")} className={classes.turn ?? ""}>
            <ChevronLeftIcon size={16} className="mirror" />
          </Button>
          <Month />
          <Button slot="next" aria-label={t("date.nextMonth")} className={classes.turn ?? ""}>
            <ChevronRightIcon size={16} className="mirror" />
          </Button>
        </header>
        <Days weekdayStyle={preferences.locale === "fa" || preferences.locale === "ar" ? "narrow" : "short"}>
          <CalendarGridHeader>
            {(day) => <CalendarHeaderCell className={classes.weekday ?? ""}>{day}</CalendarHeaderCell>}
          </CalendarGridHeader>
          <CalendarGridBody>{(date) => <CalendarCell date={date} className={classes.day ?? ""} />}</CalendarGridBody>
        </Days>
      </Calendar>
    </I18nProvider>
  );
}

/** The month in the words of the rest of the page. */
function Month() {
  const format = useFormat();
  const state = use(CalendarStateContext);
  if (!state) return null;
  return (
    <h2 className={classes.month} aria-live="polite">
      {format.date(toIso(state.visibleRange.start), "month")}
    </h2>
  );
}
