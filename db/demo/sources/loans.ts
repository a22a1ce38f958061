import { join } from "node:path";
import type { Bank } from "../bank.ts";
import { digitsAs, gregorian, jalali } from "../dates.ts";
import { productName } from "../life/holdings.ts";
import type { Account } from "../life/ledger.ts";
import type { Country } from "../places.ts";
import { Random } from "../random.ts";
import { type Bundle, closedDayOf, major, partyKey, statusOf } from "./bundle.ts";
import { balanceOn } from "./core.ts";
import { DeliveryFile, type FileEncoding } from "./delivery-file.ts";
import { viewOf } from "./party-view.ts";
import { delimited, type OnDamage, quoted, Table } from "./table.ts";

/** How one office of the loan system writes: its own encoding, calendar, digits and marks. */
interface Office {
  readonly code: "ir" | "cn" | "int";
  readonly encoding: FileEncoding;
  readonly join: (cells: readonly string[]) => string;
  readonly badDate: string;
  readonly hugeMoney: string;
  readonly date: (day: number) => string;
  readonly money: (amountMinor: number) => string;
  readonly digits: (text: string) => string;
  readonly nativeNames: boolean;
}

const plain = (text: string) => text;
const persianDigits = (text: string) => digitsAs(text, "۰");

const offices: readonly Office[] = [
  {
    code: "ir",
    encoding: "utf-16le",
    join: quoted(","),
    badDate: "۱۴۰۴/۱۲/۳۰", // 1404 is no leap year
    hugeMoney: "۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹٫۰۰",
    date: (day) => persianDigits(jalali.joined(day, "/")),
    money: (amountMinor) => persianDigits(grouped(major(amountMinor, "٫"), "٬", "٫")),
    digits: persianDigits,
    nativeNames: true,
  },
  {
    code: "cn",
    encoding: "gb18030",
    join: delimited(","),
    badDate: "2026/2/30",
    hugeMoney: "99999999999999999999.00",
    date: (day) => gregorian.joined(day, "/").replaceAll("/0", "/"),
    money: (amountMinor) => major(amountMinor, "."),
    digits: plain,
    nativeNames: true,
  },
  {
    code: "int",
    encoding: "latin1",
    join: delimited(";"),
    badDate: "30/02/2026",
    hugeMoney: "99999999999999999999,00",
    date: (day) => gregorian.european(day).replaceAll(".", "/"),
    money: (amountMinor) => grouped(major(amountMinor, ","), ".", ","),
    digits: plain,
    nativeNames: false,
  },
];

const columns = {
  borrowers:
    "borrower_no,type,name,birth_date,id_type,id_country,id_number,id_verified,mobile,street,city,postal_code,country,branch,updated",
  contracts:
    "contract_no,borrower_no,kind,number,product,product_name,currency,status,start_date,end_date,closed_date,principal,rate,outstanding,as_of,branch",
  instalments: "entry_no,contract_no,paid_on,principal_paid,currency,outstanding,text",
  guarantees: "contract_no,guarantor_no",
} as const;
type TableName = keyof typeof columns;

/** Loans, from three offices: Iran in UTF-16 with Jalali dates and Persian digits, China in GB18030, the others in Latin-1 with names in Latin letters. */
export class LoanSource {
  private readonly bank: Bank;
  private readonly tables: ReadonlyMap<Office, Record<TableName, Table>>;

  constructor(bank: Bank, folder: string, onDamage: OnDamage) {
    this.bank = bank;
    const random = new Random(bank.seed, 0, 102);
    this.tables = new Map(offices.map((office) => [office, openTables(office, folder, random, onDamage)]));
  }

  write(bundle: Bundle): void {
    if (!bundle.knownTo.includes("loans")) {
      return;
    }
    const { customer, life } = bundle;
    const office = officeOf(customer.market.country);
    const tables = this.tables.get(office) as Record<TableName, Table>;
    const view = viewOf(this.bank, customer, "loans", 0);
    const known = view.identifier !== "";
    const address = view.address;
    tables.borrowers.write([
      view.key,
      customer.kind === "person" ? "1" : "2",
      borrowerName(office, view.native, view.latin, customer.language),
      view.bornDay === undefined ? "" : office.date(view.bornDay),
      known ? customer.identifier.scheme : "",
      known ? customer.identifier.country : "",
      office.digits(view.identifier),
      known ? (view.verified ? "1" : "0") : "",
      office.digits(view.mobile),
      office.nativeNames ? office.digits(address.line) : address.latinLine,
      office.nativeNames ? address.city : address.latinCity,
      office.digits(address.postalCode),
      address.country,
      customer.branch.code,
      office.date(view.changedDay),
    ]);
    for (const account of life.accounts) {
      if (account.holding.source === "loans") {
        this.writeContract(bundle, account, office, tables);
      }
    }
  }

  close(): void {
    for (const tables of this.tables.values()) {
      for (const table of Object.values(tables)) {
        table.file.close();
      }
    }
  }

  private writeContract(bundle: Bundle, account: Account, office: Office, tables: Record<TableName, Table>): void {
    const { bank } = this;
    const { holding } = account;
    const status = statusOf(bank, bundle.life, account);
    const closed = closedDayOf(bank, bundle.life, account, status);
    const rate = `${office.money(Math.round((holding.rate ?? 0) * 10_000)).replace(/[.٬](?=.{4,})/g, "")}%`;
    tables.contracts.write([
      holding.key,
      partyKey(bundle.customer, "loans"),
      holding.kind,
      holding.number,
      holding.productCode,
      productName(holding.productCode, office.nativeNames ? bundle.customer.market.language : "en"),
      holding.currency,
      status,
      office.date(holding.openedDay),
      holding.maturesDay === undefined ? "" : office.date(holding.maturesDay),
      closed === undefined ? "" : office.date(closed),
      office.money(holding.amountMinor ?? 0),
      rate,
      office.money(balanceOn(account, bank.lastDay)),
      office.date(bank.lastDay),
      bundle.customer.branch.code,
    ]);
    for (const [place, movement] of account.movements.entries()) {
      tables.instalments.write([
        `${holding.key}-${place + 1}`,
        holding.key,
        office.date(movement.day),
        office.money(movement.amountMinor),
        holding.currency,
        office.money(movement.balanceMinor),
        office.nativeNames ? movement.text : movement.category,
      ]);
    }
    const { neighbour } = bundle;
    if (bundle.relation === "guarantor" && bundle.isFirst && neighbour?.knownTo.includes("loans")) {
      tables.guarantees.write([holding.key, partyKey(neighbour.customer, "loans")]);
    }
  }
}

function openTables(office: Office, folder: string, random: Random, onDamage: OnDamage): Record<TableName, Table> {
  const { badDate, hugeMoney } = office;
  const fragile = {
    borrowers: { key: 0, date: 3, badDate },
    contracts: { key: 0, date: 8, badDate, money: 11, hugeMoney, currency: 6 },
    instalments: { key: 0, date: 2, badDate, money: 3, hugeMoney, currency: 4 },
    guarantees: { key: 0, badDate },
  };
  const open = (name: TableName) => {
    const file = new DeliveryFile(join(folder, `${office.code}_${name}.csv`), office.encoding);
    file.line(office.join(columns[name].split(",")));
    return new Table(file, office.join, fragile[name], random, onDamage);
  };
  return { borrowers: open("borrowers"), contracts: open("contracts"), instalments: open("instalments"), guarantees: open("guarantees") };
}

function officeOf(country: Country): Office {
  const code = country === "IR" ? "ir" : country === "CN" ? "cn" : "int";
  return offices.find((office) => office.code === code) as Office;
}

/** Old Persian keyboards wrote the Arabic yeh and kaf, and a blank for the zero-width non-joiner. */
function borrowerName(office: Office, native: string, latin: string, language: string): string {
  if (office.code === "ir") {
    return language === "fa" ? native.replaceAll("ی", "ي").replaceAll("ک", "ك").replaceAll("\u200c", " ") : native;
  }
  return office.code === "cn" ? native : latin;
}

function grouped(text: string, mark: string, decimal: string): string {
  const [whole = "", rest = ""] = text.split(decimal);
  return `${whole.replace(/\B(?=(\d{3})+$)/g, mark)}${decimal}${rest}`;
}
