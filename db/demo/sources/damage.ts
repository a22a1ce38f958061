import type { Random } from "../random.ts";

/** What can go wrong with a row on its way, named as the import names it. */
export type Damage = "date_does_not_exist" | "unknown_currency" | "missing_value" | "wrong_number_of_columns" | "overflow" | "not_a_number";

/** Where a table's columns stand that damage strikes. */
export interface Fragile {
  readonly key: number;
  readonly date?: number;
  readonly badDate: string; // a day that the calendar of the file does not have, as the file would write it
  readonly money?: number;
  readonly hugeMoney?: string;
  readonly currency?: number;
}

/** Damages one row in about 330, in place. Gives what was done, or undefined for a row left whole. */
export function damageRow(random: Random, cells: string[], fragile: Fragile): Damage | undefined {
  if (!random.chance(0.003)) {
    return undefined;
  }
  const { date, money, currency } = fragile;
  switch (random.int(0, 5)) {
    case 0:
    case 1:
      if (date !== undefined && cells[date] !== "") {
        cells[date] = fragile.badDate;
        return "date_does_not_exist";
      }
      break;
    case 2:
      if (currency !== undefined) {
        cells[currency] = cells[currency]?.length === 3 && /^\d/.test(cells[currency]) ? "991" : "XQZ";
        return "unknown_currency";
      }
      break;
    case 3:
      if (money !== undefined && fragile.hugeMoney !== undefined) {
        cells[money] = fragile.hugeMoney;
        return "overflow";
      }
      break;
    case 4:
      if (money !== undefined) {
        cells[money] = "#REF!";
        return "not_a_number";
      }
      break;
    default:
      cells.pop();
      return "wrong_number_of_columns";
  }
  cells[fragile.key] = "";
  return "missing_value";
}
