// Prints the data section of db/migrations/0002_calendar.sql from the runtime's own calendars (ICU): node tools/generate-calendar-sql.ts
import { sqlCalendarData } from "../server/platform/calendar/sql-data.ts";

process.stdout.write(sqlCalendarData());
