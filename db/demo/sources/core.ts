import { join } from "node:path";
import { type Bank, portfolioCode, portfolioKinds, portfolioName } from "../bank.ts";
import { gregorian } from "../dates.ts";
import { productName } from "../life/holdings.ts";
import type { Account } from "../life/ledger.ts";
import { markets } from "../places.ts";
import { Random } from "../random.ts";
import { type Bundle, closedDayOf, major, partyKey, statusOf } from "./bundle.ts";
import { DeliveryFile } from "./delivery-file.ts";
import { keyOf, type PartyView, viewOf } from "./party-view.ts";
import { delimited, type OnDamage, Table } from "./table.ts";
import { Ties } from "./ties.ts";

const badDate = "30.02.2026";
const huge = "99999999999999999999,00";
const tables = {
  parties: {
    columns:
      "party_id;type;name;given_name;family_name;latin_name;sex;birth_date;nationality;language;occupation;industry;legal_form;segment;marital_status;customer_since;branch;portfolio;id_type;id_country;id_number;id_verified;mobile;landline;email;street;city;postal_code;country;last_change",
    fragile: { key: 0, date: 7, badDate },
  },
  accounts: {
    columns:
      "account_id;party_id;type;number;product;product_name;currency;status;opened;matures;closed;amount;rate;balance;balance_date;branch;attached_to;last_change",
    fragile: { key: 0, date: 8, badDate, money: 13, hugeMoney: huge, currency: 6 },
  },
  relations: { columns: "account_id;party_id;role", fragile: { key: 0, badDate } },
  balances: {
    columns: "account_id;kind;date;amount;currency",
    fragile: { key: 0, date: 2, badDate, money: 3, hugeMoney: huge, currency: 4 },
  },
  transactions: {
    columns: "transaction_id;account_id;booked;value_date;amount;currency;balance;category;channel;counterparty;counterparty_account;text",
    fragile: { key: 0, date: 2, badDate, money: 4, hugeMoney: huge, currency: 5 },
  },
} as const;

type TableName = keyof typeof tables;

/** Core banking: `;`-separated UTF-8, DD.MM.YYYY, decimal comma. The first delivery is nearly whole; the second brings what came late, changes and repairs. */
export class CoreSource {
  private readonly bank: Bank;
  private readonly first: Record<TableName, Table>;
  private readonly late: Record<TableName, Table>;
  private readonly ties: Ties;
  private readonly tieFile: DeliveryFile;

  constructor(bank: Bank, folders: { first: string; late: string }, onDamage: OnDamage) {
    this.bank = bank;
    writeOrganisation(bank, folders.first);
    const random = new Random(bank.seed, 0, 100);
    const open = (folder: string): Record<TableName, Table> =>
      Object.fromEntries(
        Object.entries(tables).map(([name, { columns, fragile }]) => {
          const file = new DeliveryFile(join(folder, `${name}.csv`), "utf-8");
          file.line(columns);
          return [name, new Table(file, delimited(";"), fragile, random, onDamage)];
        }),
      ) as Record<TableName, Table>;
    this.first = open(folders.first);
    this.late = open(folders.late);
    this.ties = new Ties(bank);
    this.tieFile = new DeliveryFile(join(folders.first, "party_relations.csv"), "utf-8");
    this.tieFile.line("party_id;other_id;kind;share;since");
  }

  write(bundle: Bundle): void {
    if (!bundle.knownTo.includes("core")) {
      return;
    }
    const { customer, life } = bundle;
    const random = new Random(this.bank.seed, customer.index, 50);
    this.writeParty(bundle, viewOf(this.bank, customer, "core", 0), random);
    if (bundle.twiceInCore) {
      this.writeParty(bundle, viewOf(this.bank, customer, "core", 1), random);
    }
    for (const row of this.ties.rowsOf(bundle)) {
      this.tieFile.line(delimited(";")(row));
    }
    for (const account of life.accounts) {
      if (account.holding.source === "core") {
        this.writeAccount(bundle, account, random);
      }
    }
  }

  /** Closes the files; each movements file ends with a line that says how many rows it has. */
  close(): void {
    this.tieFile.close();
    for (const set of [this.first, this.late]) {
      set.transactions.file.line(`TOTAL;${set.transactions.rows}`);
      for (const table of Object.values(set)) {
        table.file.close();
      }
    }
  }

  private writeParty(bundle: Bundle, view: PartyView, random: Random): void {
    const cells = partyCells(bundle, view);
    const whole = random.chance(0.003) || this.first.parties.write([...cells]);
    if (!whole) {
      this.late.parties.writeWhole(cells);
      return;
    }
    // Some people change something between the two deliveries.
    const { fate } = bundle.life;
    if (random.chance(0.02) || (fate.movesOn !== undefined && fate.movesOn > this.bank.lastDay - 60)) {
      this.late.parties.write(
        partyCells(bundle, {
          ...view,
          mobile: bundle.customer.mobile,
          address: bundle.customer.address,
          email: bundle.customer.email,
          changedDay: this.bank.lastDay + 4,
        }),
      );
    }
  }

  private writeAccount(bundle: Bundle, account: Account, random: Random): void {
    const { holding } = account;
    const late = random.chance(0.008);
    const set = late ? this.late : this.first;
    const cells = this.accountCells(bundle, account);
    if (!set.accounts.write([...cells]) && !late) {
      this.late.accounts.writeWhole(cells);
    }
    this.writeRoles(bundle, account, set);
    this.writeBalances(account, set);
    this.writeTransactions(account, random);
    for (const [category, letter] of [
      ["rent", "R"],
      ["savings", "S"],
    ] as const) {
      const last = account.movements.findLast(
        (movement) => movement.channel === "standing_order" && movement.category === category && movement.amountMinor < 0,
      );
      if (last !== undefined && holding.kind === "current_account") {
        const ended = last.day < this.bank.lastDay - 70;
        set.accounts.write([
          `${letter}${holding.key}`,
          cells[1] ?? "",
          "standing_order",
          `${letter}${holding.key.slice(1)}`,
          "STO",
          productName("STO", bundle.customer.market.language),
          holding.currency,
          ended ? "closed" : "open",
          gregorian.european(Math.max(holding.openedDay, this.bank.firstDay - 200)),
          "",
          ended ? gregorian.european(last.day) : "",
          major(-last.amountMinor, ","),
          "",
          "",
          "",
          bundle.customer.branch.code,
          holding.key,
          gregorian.european(this.bank.lastDay),
        ]);
      }
    }
  }

  private accountCells(bundle: Bundle, account: Account): string[] {
    const { bank } = this;
    const { holding } = account;
    const { customer, life } = bundle;
    const status = statusOf(bank, life, account);
    const closed = closedDayOf(bank, life, account, status);
    const owner = bundle.twiceInCore && holding.kind === "savings_account" ? keyOf("core", customer.index, 1) : partyKey(customer, "core");
    const noBalance = holding.kind === "insurance";
    const value = holding.kind === "investment" ? marketValue(bank, account, bank.lastDay) : account.balanceMinor;
    return [
      holding.key,
      owner,
      holding.kind,
      holding.number,
      holding.productCode,
      productName(holding.productCode, customer.market.language),
      holding.currency,
      status,
      gregorian.european(holding.openedDay),
      holding.maturesDay === undefined ? "" : gregorian.european(holding.maturesDay),
      closed === undefined ? "" : gregorian.european(closed),
      holding.amountMinor === undefined ? "" : major(holding.amountMinor, ","),
      holding.rate === undefined ? "" : `${(holding.rate * 100).toFixed(2).replace(".", ",")}%`,
      noBalance ? "" : major(status === "closed" && holding.kind === "investment" ? 0 : value, ","),
      noBalance ? "" : gregorian.european(bank.lastDay),
      customer.branch.code,
      "",
      gregorian.european(Math.max(holding.openedDay, account.lastDay ?? holding.openedDay)),
    ];
  }

  private writeRoles(bundle: Bundle, account: Account, set: Record<TableName, Table>): void {
    const { neighbour, relation, isFirst } = bundle;
    if (relation === "spouses" && isFirst && account === bundle.life.accounts[0] && neighbour?.knownTo.includes("core")) {
      set.relations.write([account.holding.key, partyKey(neighbour.customer, "core"), "joint_owner"]);
    }
    if (
      relation === "works_at" &&
      isFirst &&
      account === bundle.life.accounts[0] &&
      neighbour?.knownTo.includes("core") &&
      neighbour.customer.drives.income > 0.4
    ) {
      set.relations.write([account.holding.key, partyKey(neighbour.customer, "core"), "authorised"]);
    }
  }

  private writeBalances(account: Account, set: Record<TableName, Table>): void {
    const { bank } = this;
    const { holding } = account;
    if (holding.kind === "insurance") {
      return;
    }
    const kind = holding.kind === "investment" ? "market_value" : "booked";
    for (const day of [bank.firstDay - 1, (bank.firstDay + bank.lastDay) >> 1, bank.lastDay]) {
      if (day >= holding.openedDay && (account.closedDay ?? day) >= day) {
        const amount = kind === "market_value" ? marketValue(bank, account, day) : balanceOn(account, day);
        set.balances.write([holding.key, kind, gregorian.european(day), major(amount, ","), holding.currency]);
      }
    }
  }

  private writeTransactions(account: Account, random: Random): void {
    const { holding } = account;
    for (const [place, movement] of account.movements.entries()) {
      const late = movement.day > this.bank.lastDay - 10 && random.chance(0.15);
      const booked = gregorian.european(movement.day);
      (late ? this.late : this.first).transactions.write([
        `${holding.key}-${place + 1}`,
        holding.key,
        booked,
        movement.channel === "pos" ? gregorian.european(movement.day - 1) : booked,
        major(movement.amountMinor, ","),
        holding.currency,
        major(movement.balanceMinor, ","),
        movement.category,
        movement.channel,
        movement.counterparty,
        movement.account,
        movement.text,
      ]);
    }
  }
}

/** The balance at the end of a day. */
export function balanceOn(account: Account, day: number): number {
  return account.movements.findLast((movement) => movement.day <= day)?.balanceMinor ?? account.openingMinor;
}

/** What a fund is worth on a day: a slow random walk, the same whenever it is asked for. */
export function marketValue(bank: Bank, { holding }: Account, day: number): number {
  const quarters = Math.max(0, Math.floor((day - holding.openedDay) / 91));
  const random = new Random(bank.seed, Number(holding.key.slice(1)), 60);
  let value = holding.amountMinor ?? 0;
  for (let quarter = 0; quarter < Math.min(quarters, 60); quarter += 1) {
    value *= 1 + 0.012 + 0.045 * random.normal();
  }
  return Math.round(value / 100) * 100;
}

function partyCells(bundle: Bundle, view: PartyView): string[] {
  const { customer } = bundle;
  const person = customer.kind === "person";
  const day = (value: number | undefined) => (value === undefined ? "" : gregorian.european(value));
  return [
    view.key,
    person ? "P" : "O",
    view.native,
    view.given,
    view.family,
    view.latin,
    person ? (customer.name.female ? "F" : "M") : "",
    day(view.bornDay),
    customer.nationality,
    customer.language,
    person ? customer.occupation : "",
    person ? "" : customer.company.industry,
    person ? "" : customer.company.legalForm,
    customer.segment,
    person ? customer.marital : "",
    day(customer.sinceDay),
    customer.branch.code,
    customer.portfolioCode ?? "",
    view.identifier === "" ? "" : customer.identifier.scheme,
    view.identifier === "" ? "" : customer.identifier.country,
    view.identifier,
    view.identifier === "" ? "" : view.verified ? "Y" : "N",
    view.mobile,
    view.landline,
    view.email,
    view.address.line,
    view.address.city,
    view.address.postalCode,
    view.address.country,
    day(view.changedDay),
  ];
}

function writeOrganisation(bank: Bank, folder: string): void {
  const write = (name: string, columns: string, rows: readonly (readonly string[])[]) => {
    const file = new DeliveryFile(join(folder, name), "utf-8");
    file.line(columns);
    for (const row of rows) {
      file.line(delimited(";")(row));
    }
    file.close();
  };
  const { branches } = bank;
  write(
    "branches.csv",
    "branch;name;region;region_name;city;country",
    branches.map(({ code, name, city }) => [
      code,
      name,
      markets[city.country].region,
      markets[city.country].regionName,
      city.code,
      city.country,
    ]),
  );
  const seen = [...new Map(branches.map(({ city }) => [city.code, city])).values()];
  write(
    "cities.csv",
    "city;name;region;country",
    seen.map((city) => [
      city.code,
      city.local === city.latin ? city.local : `${city.latin} · ${city.local}`,
      markets[city.country].regionName,
      city.country,
    ]),
  );
  write(
    "portfolios.csv",
    "portfolio;name;branch",
    branches.flatMap((branch) => portfolioKinds.map((kind) => [portfolioCode(branch, kind), portfolioName(branch, kind), branch.code])),
  );
}
