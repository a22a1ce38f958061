import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { findDateFormat, momentMs } from "../../../platform/calendar/index.ts";
import { Refusal } from "../../../platform/config/index.ts";
import { type DelimitedFile, readDelimited, readNumber, sampleRows } from "../../../platform/files/index.ts";
import type { History } from "../features/measure-history.ts";

/** Names of columns, where a person gives them. */
export interface TransactionColumnNames {
  readonly id?: string;
  readonly time?: string;
  readonly account?: string;
  readonly payee?: string;
  readonly amount?: string;
  readonly fraud?: string;
}

/** Transactions of one or more files in the order of time, in columns. */
export interface TransactionFile extends History {
  readonly at: Float64Array;
  readonly accounts: readonly string[];
  readonly amounts: Float64Array;
  readonly frauds: number;
  /** Rows before which a later one stood. */
  readonly outOfOrder: number;
  readonly rowsLeftOut: Readonly<Record<string, number>>;
}

const usualNames: Readonly<Record<keyof TransactionColumnNames, RegExp>> = {
  id: /^(transaction|tx|trans|payment)?_?(id|no|number|ref|reference)$/i,
  time: /date_?time|timestamp|^(tx_?|trans(action)?_?)?(date|time|at)|booked|_at$/i,
  account: /customer|card|account|client|origin|sender|payer|debtor/i,
  payee: /terminal|merchant|payee|beneficiary|dest|receiver|creditor|counterparty/i,
  amount: /amount|^(amt|value)$/i,
  fraud: /^(tx_?)?(is_?)?fraud(_?(label|flag))?$|^(class|label)$/i,
};

type Places = Readonly<Record<keyof TransactionColumnNames, number>>;

/**
 * Card transactions from a delimited file, or from every .csv, .csv.gz, .txt or .txt.gz of a folder in the order of their names; columns found by name.
 * Rows without a readable time, amount, account or payee are left out and counted. Throws Refusal when a file or column is missing.
 */
export function readTransactions(path: string, names: TransactionColumnNames): TransactionFile {
  const rows = new Rows();
  for (const file of filesOf(path)) rows.read(readDelimited(file), names, file);
  if (rows.at.length === 0) throw new Refusal(`${path} holds no transaction that could be read${sayLeftOut(rows.leftOut)}.`);
  return rows.inOrder();
}

function filesOf(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (cause) {
    throw new Refusal(`${path} is not there or cannot be read.`, cause);
  }
  if (!isFolder) return [path];
  const files = readdirSync(path).filter((name) => /\.(csv|txt)(\.gz)?$/.test(name));
  if (files.length === 0) throw new Refusal(`${path} holds no file ending in .csv, .txt, .csv.gz or .txt.gz.`);
  return files.sort().map((name) => join(path, name));
}

const sayLeftOut = (leftOut: Readonly<Record<string, number>>) =>
  Object.keys(leftOut).length === 0 ? "" : ` (left out: ${JSON.stringify(leftOut)})`;

function placesOf({ header }: DelimitedFile, names: TransactionColumnNames, path: string): Places {
  const place = (what: keyof TransactionColumnNames, needed: boolean) => {
    const said = names[what];
    const found = said === undefined ? header.findIndex((name) => usualNames[what].test(name)) : header.indexOf(said);
    if (found < 0 && (needed || said !== undefined)) {
      const problem = said === undefined ? `no column looks like the ${what}; name it with --${what}` : `there is no column "${said}"`;
      throw new Refusal(`${path}: ${problem}. The file has ${header.join(", ")}.`);
    }
    return found;
  };
  return {
    id: place("id", false),
    time: place("time", true),
    account: place("account", true),
    payee: place("payee", true),
    amount: place("amount", true),
    fraud: place("fraud", true),
  };
}

/** Seconds of a cell: a date in the format found, or a number of seconds. */
function timeReader(file: DelimitedFile, place: number, path: string): (text: string) => number {
  const sample = sampleRows(file, 1_000)
    .map((row) => row[place] ?? "")
    .filter((cell) => cell !== "");
  const format = findDateFormat(sample);
  if (format !== null) return (text) => momentMs(text, format) / 1000;
  if (sample.length > 0 && sample.every((cell) => /^\d+(\.\d+)?$/.test(cell))) return (text) => (text === "" ? Number.NaN : Number(text));
  if (sample.length === 0) return () => Number.NaN;
  throw new Refusal(`${path}: the times, such as "${sample[0]}", are written in no way known.`);
}

class Rows {
  readonly at: number[] = [];
  readonly leftOut: Record<string, number> = {};
  private readonly amounts: number[] = [];
  private readonly frauds: number[] = [];
  private readonly accounts: string[] = [];
  private readonly payees: string[] = [];
  private readonly ids: string[] = [];
  private readonly names = new Map<string, string>();

  read(file: DelimitedFile, names: TransactionColumnNames, path: string): void {
    const places = placesOf(file, names, path);
    const readTime = timeReader(file, places.time, path);
    for (const row of file.rows) {
      const [amountText = "", account = "", payee = ""] = [row[places.amount], row[places.account], row[places.payee]];
      const at = readTime(row[places.time] ?? "");
      const amount = readNumber(amountText);
      if (!Number.isFinite(at)) this.leave("no time");
      else if (!Number.isFinite(amount)) this.leave("no amount");
      else if (account === "" || payee === "") this.leave("no account or payee");
      else {
        this.at.push(at);
        this.amounts.push(amount);
        this.accounts.push(this.once(account));
        this.payees.push(this.once(payee));
        this.frauds.push(/^(1(\.0*)?|true|yes|y)$/i.test(row[places.fraud] ?? "") ? 1 : 0);
        this.ids.push(places.id < 0 ? String(this.at.length) : (row[places.id] ?? ""));
      }
    }
  }

  inOrder(): TransactionFile {
    const { at, amounts, accounts, payees, ids, frauds } = this;
    const outOfOrder = at.filter((time, place) => place > 0 && time < (at[place - 1] as number)).length;
    const order = Uint32Array.from(at.keys());
    if (outOfOrder > 0) order.sort((a, b) => (at[a] as number) - (at[b] as number) || a - b);
    const row = (place: number) => order[place] as number;
    return {
      count: at.length,
      at: Float64Array.from(order, (place) => at[place] as number),
      amounts: Float64Array.from(order, (place) => amounts[place] as number),
      accounts: Array.from(order, (place) => accounts[place] as string),
      frauds: frauds.reduce((sum, fraud) => sum + fraud, 0),
      outOfOrder,
      rowsLeftOut: this.leftOut,
      isFraud: (place) => frauds[row(place)] === 1,
      transaction: (place) => {
        const from = row(place);
        return {
          id: ids[from] as string,
          at: at[from] as number,
          account: accounts[from] as string,
          payee: payees[from] as string,
          amount: amounts[from] as number,
        };
      },
    };
  }

  private leave(reason: string): void {
    this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1;
  }

  /** One copy of each name, cut loose from the text of the file. */
  private once(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const own = Buffer.from(name).toString();
    this.names.set(own, own);
    return own;
  }
}
