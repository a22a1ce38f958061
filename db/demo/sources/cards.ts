import { join } from "node:path";
import type { Bank } from "../bank.ts";
import { gregorian } from "../dates.ts";
import { productName } from "../life/holdings.ts";
import type { Account, Movement } from "../life/ledger.ts";
import type { Category } from "../life/merchants.ts";
import { ascii } from "../people.ts";
import type { Language } from "../places.ts";
import { Random } from "../random.ts";
import { type Bundle, partyKey, statusOf } from "./bundle.ts";
import { DeliveryFile } from "./delivery-file.ts";
import { embossed, viewOf } from "./party-view.ts";
import { fixedWidth, type OnDamage, Table } from "./table.ts";

/** The widths are those of mappings/cards.yaml. */
const widths = {
  holders: [10, 1, 26, 8, 12, 2, 20, 1, 16, 48, 10, 8],
  cards: [16, 10, 4, 3, 24, 3, 1, 8, 8, 15, 15, 1, 8, 10],
  entries: [24, 16, 8, 8, 15, 1, 3, 15, 1, 4, 2, 26],
} as const;
const badDate = "20260230";
const fragile = {
  holders: { key: 0, date: 3, badDate },
  cards: { key: 0, date: 7, badDate, money: 9, currency: 5 },
  entries: { key: 0, date: 2, badDate, money: 4, currency: 6 },
} as const;

const numericCurrencies: Readonly<Record<string, string>> = {
  AED: "784",
  SAR: "682",
  IRR: "364",
  CNY: "156",
  EUR: "978",
  GBP: "826",
  USD: "840",
};
const merchantCodes: Readonly<Partial<Record<Category, string>>> = {
  groceries: "5411",
  restaurant: "5812",
  fuel: "5541",
  transport: "4111",
  shopping: "5311",
  health: "5912",
  travel: "4722",
  entertainment: "7832",
  education: "8299",
  card_payment: "0000",
};
const statuses = { open: "A", dormant: "A", blocked: "B", in_arrears: "R", closed: "C", defaulted: "D" } as const;

/** The card system: fixed width, plain ASCII, capital letters, YYYYMMDD, minor units, numeric currencies. Of a card number it gives the last four digits. */
export class CardSource {
  private readonly bank: Bank;
  private readonly tables: Record<keyof typeof widths, Table>;

  constructor(bank: Bank, folder: string, onDamage: OnDamage) {
    this.bank = bank;
    const random = new Random(bank.seed, 0, 101);
    const open = (name: keyof typeof widths) =>
      new Table(new DeliveryFile(join(folder, `card_${name}.txt`), "utf-8"), fixedWidth(widths[name]), fragile[name], random, onDamage);
    this.tables = { holders: open("holders"), cards: open("cards"), entries: open("entries") };
  }

  write(bundle: Bundle): void {
    if (!bundle.knownTo.includes("cards")) {
      return;
    }
    const { customer, life } = bundle;
    const view = viewOf(this.bank, customer, "cards", 0);
    const known = view.identifier !== "";
    this.tables.holders.write([
      view.key,
      customer.kind === "person" ? "P" : "O",
      embossed(view.latin),
      view.bornDay === undefined ? "" : gregorian.compact(view.bornDay),
      known ? customer.identifier.scheme : "",
      known ? customer.identifier.country : "",
      view.identifier,
      known ? (view.verified ? "1" : "0") : "",
      view.mobile.replaceAll(" ", ""),
      ascii(view.email),
      customer.branch.code,
      gregorian.compact(view.changedDay),
    ]);
    for (const account of life.accounts) {
      if (account.holding.source === "cards") {
        this.writeCard(bundle, account);
      }
    }
  }

  close(): void {
    for (const table of Object.values(this.tables)) {
      table.file.close();
    }
  }

  private writeCard(bundle: Bundle, account: Account): void {
    const { bank } = this;
    const { holding, balanceMinor } = account;
    const random = new Random(bank.seed, Number(holding.key.slice(1)), 51);
    const token = tokenOf(random);
    const currency = numericCurrencies[holding.currency] ?? "";
    const expires = holding.maturesDay ?? Math.max(holding.openedDay, bank.lastDay - 800) + 1500;
    const current = bundle.life.accounts[0]?.holding;
    this.tables.cards.write([
      token,
      partyKey(bundle.customer, "cards"),
      holding.number,
      holding.productCode,
      ascii(productName(holding.productCode, "en")),
      currency,
      statuses[statusOf(bank, bundle.life, account)],
      gregorian.compact(holding.openedDay),
      gregorian.compact(expires),
      String(holding.amountMinor ?? 0).padStart(15, "0"),
      holding.credit ? minor(balanceMinor) : "",
      holding.credit ? mark(balanceMinor) : "",
      holding.credit ? gregorian.compact(bank.lastDay) : "",
      current?.source === "core" ? current.key : "",
    ]);
    for (const [place, movement] of account.movements.entries()) {
      this.tables.entries.write([
        `${token}-${place + 1}`,
        token,
        gregorian.compact(movement.day),
        gregorian.compact(movement.day),
        minor(movement.amountMinor),
        mark(movement.amountMinor),
        currency,
        minor(movement.balanceMinor),
        mark(movement.balanceMinor),
        merchantCodes[movement.category] ?? "5999",
        channels[movement.channel] ?? "BK",
        terminalName(bundle.customer.market.language, movement, place),
      ]);
    }
  }
}

// Card terminals know Latin letters only.
function terminalName(language: Language, { counterparty, category }: Movement, place: number): string {
  const latin = embossed(counterparty);
  return latin.length > 3 || counterparty === "" ? latin : (terminals[language][category]?.[place % 2] ?? "MERCHANT");
}

const terminals: Readonly<Record<Language, Readonly<Partial<Record<Category, readonly [string, string]>>>>> = {
  ar: {
    groceries: ["AL WAHA MARKETS", "AL BUSTAN SUPERMARKET"],
    restaurant: ["AL BAIT AL SHAMI", "QAMARIA CAFE"],
    fuel: ["AL SAHEL FUEL", "AL DANA STATION"],
    transport: ["CITY TAXI", "METRO CARD"],
    shopping: ["AL RAYYAN MALL", "LAMSA FASHION"],
    health: ["AL SHIFA PHARMACY", "AL HAYAT CLINIC"],
    travel: ["AL UFUQ TRAVEL", "AL WAHA HOTELS"],
    entertainment: ["NUJOOM CINEMA", "MUSHAHID PLUS"],
    education: ["AL RUWAD SCHOOLS", "AL QALAM BOOKSHOP"],
  },
  fa: {
    groceries: ["REFAH MAHALLEH", "HYPER SABALAN"],
    restaurant: ["NARENJ RESTAURANT", "CAFE TORANJ"],
    fuel: ["AZADI FUEL", "MODARES FUEL"],
    transport: ["TAXI HAMRAH", "METRO CARD"],
    shopping: ["SABADKALA", "NEGIN MODE"],
    health: ["SINA PHARMACY", "MEHR CLINIC"],
    travel: ["PARASTOO TRAVEL", "HOTEL ABBASI NO"],
    entertainment: ["CINEMA AFRICA", "FILMNAMA"],
    education: ["FARZANEGAN SCHOOL", "IRAN LANGUAGE INST"],
  },
  zh: {
    groceries: ["HAOLINJU", "XIANFENG FRUIT"],
    restaurant: ["LAO CHENGDU HOTPOT", "JIANGNAN XIAOGUAN"],
    fuel: ["ZHONGYUAN FUEL", "BINHAI PETROL"],
    transport: ["METRO", "KUAIDA RIDE"],
    shopping: ["TIANDI DEPT STORE", "YOUPIN MALL"],
    health: ["TONGKANG PHARMACY", "RENAI HOSPITAL"],
    travel: ["YUANXING TRAVEL", "JINCHENG HOTEL"],
    entertainment: ["XINGGUANG CINEMA", "RAINBOW VIDEO"],
    education: ["XINZHI EDUCATION", "QIMING BOOKS"],
  },
  es: {},
  en: {},
};

const channels: Readonly<Record<string, string>> = { pos: "PS", online: "EC", mobile: "MB", atm: "AT" };

/** What stands for the card outside of the card system. Also the key of its entries, so also of the truth about them. */
export function tokenOf(random: Random): string {
  return `T${random.bits().toString(16).padStart(8, "0")}${random.bits().toString(16).padStart(8, "0").slice(0, 7)}`.toUpperCase();
}

function minor(amountMinor: number): string {
  return String(Math.abs(amountMinor)).padStart(15, "0");
}

function mark(amountMinor: number): string {
  return amountMinor < 0 ? "D" : "C";
}
