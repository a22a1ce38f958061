import { z } from "zod";

/** The calendars of the product, by their Unicode (CLDR) names: Gregorian, Jalali, and the official Saudi table-based Hijri. */
export const calendarIds = ["gregory", "persian", "islamic-umalqura"] as const;
export const CalendarId = z.enum(calendarIds);
export type CalendarId = z.infer<typeof CalendarId>;
