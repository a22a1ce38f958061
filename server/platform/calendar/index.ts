export { CalendarId, calendarIds } from "./contract.ts";
export { type DateExpression, dateExpression } from "./date-expression.ts";
export { isDateFormat } from "./date-format.ts";
export { findDateFormat, momentMs } from "./find-date-format.ts";
export { type CalendarDay, fromIsoDate, toIsoDate } from "./iso-date.ts";
export { type DateReading, type ParsedDate, parseDate } from "./parse-date.ts";
