import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DomainError } from "../../../platform/errors/index.ts";
import { type CreditHistory, type MoneyMonth, monthOfDay } from "../behaviour.ts";

/** A loan of the Berka set (PKDD'99) with what was known of the account in its first 90 days. Crowns. */
export interface BerkaLoan {
  readonly loanId: string;
  readonly day: number;
  readonly instalment: number;
  readonly isBad: boolean;
  readonly asOfDay: number;
  readonly history: CreditHistory;
}

const FIRST_DAYS = 90;
const DAY_MS = 86_400_000;

/** Fails with invalid_input when a file or column is missing. */
export function readBerka(folder: string): BerkaLoan[] {
  const accounts = new Map(rowsOf(folder, "account").map((row) => [row.account_id, dayOf(row.date)]));
  const movements = Map.groupBy(rowsOf(folder, "trans"), ({ account_id }) => account_id);
  return rowsOf(folder, "loan").map((loan) => {
    const day = dayOf(loan.date);
    const own = (movements.get(loan.account_id) ?? []).filter((row) => dayOf(row.date) < day);
    const first = Math.min(...own.map((row) => dayOf(row.date)));
    const seen = own.filter((row) => dayOf(row.date) < first + FIRST_DAYS);
    return {
      loanId: loan.loan_id ?? "",
      day,
      instalment: Number(loan.payments),
      isBad: loan.status === "B" || loan.status === "D",
      asOfDay: seen.length === 0 ? day : Math.min(first + FIRST_DAYS, day) - 1,
      history: { sinceDay: accounts.get(loan.account_id) ?? null, months: monthsOf(seen), plans: [], lines: [] },
    };
  });
}

type Row = Readonly<Record<string, string>>;

function monthsOf(rows: readonly Row[]): MoneyMonth[] {
  return [...Map.groupBy(rows, (row) => monthOfDay(dayOf(row.date)))].map(([month, own]) => {
    const sum = (isIn: (row: Row) => boolean) => own.reduce((all, row) => all + (isIn(row) ? Number(row.amount) : 0), 0);
    const balances = own.map((row) => Number(row.balance));
    const isIn = (row: Row) => row.type === "PRIJEM";
    return {
      month,
      inMinor: sum((row) => isIn(row) && row.k_symbol !== "UROK"),
      incomeMinor: sum((row) => isIn(row) && (row.k_symbol === "DUCHOD" || row.operation === "PREVOD Z UCTU")),
      outMinor: sum((row) => !isIn(row)),
      cashMinor: sum((row) => !isIn(row) && row.operation === "VYBER"),
      lowestMinor: Math.min(...balances),
      meanMinor: balances.reduce((a, b) => a + b, 0) / balances.length,
    };
  });
}

/** YYMMDD of the nineties, with a time behind it or not. */
function dayOf(text: string | undefined): number {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)/.exec(text ?? "") ?? [];
  return Math.round(Date.UTC(1900 + Number(year), Number(month) - 1, Number(day)) / DAY_MS);
}

function rowsOf(folder: string, name: string): Row[] {
  const path = [`${name}.asc.gz`, `${name}.asc`].map((file) => join(folder, file)).find((file) => existsSync(file));
  if (path === undefined) throw new DomainError("invalid_input", `there is no ${name}.asc or ${name}.asc.gz in ${folder}`);
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  const cells = (line: string) => line.split(";").map((cell) => cell.replace(/^"|"$/g, ""));
  const names = cells(head);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, place) => [names[place] ?? "", cell])));
}
