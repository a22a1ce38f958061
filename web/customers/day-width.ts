import { usePreferences } from "../ui/preferences.tsx";

/** Pixels a date needs in a column: the months of the Hijri calendar have long names, and the year says its era. */
export function useDayWidth(): number {
  return usePreferences().preferences.calendar === "islamic-umalqura" ? 190 : 132;
}
