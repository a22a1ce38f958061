import { gregorian, hijri, jalali, weekday } from "../dates.ts";
import type { Language, Market } from "../places.ts";
import type { Random } from "../random.ts";

/** The working day on or before. */
export function workingDay(day: number, market: Market): number {
  let working = day;
  while (market.restDays.includes(weekday(working))) {
    working -= 1;
  }
  return working;
}

/** When salaries are paid in the month that begins on the day given. */
export function payDay(monthStart: number, market: Market): number {
  if (market.payDay > 0) {
    return workingDay(monthStart + market.payDay - 1, market);
  }
  let day = monthStart + 16;
  while (jalali.compact(day + 1).slice(6) !== "01") {
    day += 1;
  }
  return workingDay(day, market);
}

/** How much more is bought than usual: before Nowruz, in Ramadan, before the Spring Festival and on Singles' Day, before Christmas. */
export function season(day: number, language: Language): number {
  const monthDay = gregorian.compact(day).slice(4);
  switch (language) {
    case "fa":
      return monthDay > "0225" && monthDay < "0321" ? 1.7 : 1;
    case "ar":
      return hijri.compact(day).slice(4, 6) === "09" ? 1.5 : 1;
    case "zh":
      return (monthDay > "0105" && monthDay < "0212") || (monthDay > "1105" && monthDay < "1113") ? 1.6 : 1;
    default:
      return monthDay > "1124" && monthDay < "1226" ? 1.6 : monthDay > "0801" && monthDay < "0820" ? 1.15 : 1;
  }
}

/** A day of the month for a purchase: more on rest days and in the season. */
export function purchaseDay(random: Random, monthStart: number, days: number, market: Market, language: Language): number {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const day = monthStart + random.int(0, days - 1);
    const pull = (market.restDays.includes(weekday(day)) ? 1 : 0.62) * season(day, language);
    if (random.chance(pull / 1.7)) {
      return day;
    }
  }
  return monthStart + random.int(0, days - 1);
}
