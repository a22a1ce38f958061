import { join } from "node:path";
import type { Bank } from "../bank.ts";
import { digitsAs, hijri } from "../dates.ts";
import { productName } from "../life/holdings.ts";
import type { Account } from "../life/ledger.ts";
import { Random } from "../random.ts";
import { type Bundle, closedDayOf, major, partyKey, statusOf } from "./bundle.ts";
import { marketValue } from "./core.ts";
import { DeliveryFile } from "./delivery-file.ts";
import { viewOf } from "./party-view.ts";
import { type OnDamage, Table } from "./table.ts";

const arabicDigits = (text: string) => digitsAs(text, "٠");
const plainDate = (day: number) => hijri.joined(day, "/");
const date = (day: number) => arabicDigits(plainDate(day));
const money = (amountMinor: number) => arabicDigits(major(amountMinor, "٫").replace(/\B(?=(\d{3})+٫)/g, "٬"));
const tab = (cells: readonly string[]) => cells.join("\t");

/**
 * Funds and policies of the Gulf and Iran: tab-separated, Umm al-Qura dates. Clients are in windows-1256, which has no Arabic-Indic digits;
 * contracts and valuations came with a newer module in UTF-16, which writes them with group marks.
 */
export class WealthSource {
  private readonly bank: Bank;
  private readonly clients: Table;
  private readonly contracts: Table;
  private readonly valuations: Table;

  constructor(bank: Bank, folder: string, onDamage: OnDamage) {
    this.bank = bank;
    const random = new Random(bank.seed, 0, 104);
    const open = (
      name: string,
      encoding: "windows-1256" | "utf-16le",
      columns: string,
      fragile: ConstructorParameters<typeof Table>[2],
    ) => {
      const file = new DeliveryFile(join(folder, name), encoding);
      file.line(tab(columns.split(" ")));
      return new Table(file, tab, fragile, random, onDamage);
    };
    this.clients = open(
      "clients.tsv",
      "windows-1256",
      "client type name birth_date id_type id_country id_number id_checked mobile email street city postal_code country branch modified",
      { key: 0, date: 3, badDate: "1447/02/30" },
    );
    this.contracts = open(
      "contracts.tsv",
      "utf-16le",
      "contract client kind product product_name currency status start end closed amount value value_date branch",
      {
        key: 0,
        date: 7,
        badDate: "١٤٤٧/٠٢/٣٠", // Safar 1447 has 29 days
        money: 10,
        hugeMoney: "٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٫٠٠",
        currency: 5,
      },
    );
    this.valuations = open("valuations.tsv", "utf-16le", "contract date value currency", {
      key: 0,
      date: 1,
      badDate: "١٤٤٧/٠٢/٣٠",
      money: 2,
      hugeMoney: "٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٫٠٠",
      currency: 3,
    });
  }

  write(bundle: Bundle): void {
    if (!bundle.knownTo.includes("wealth")) {
      return;
    }
    const { customer } = bundle;
    const view = viewOf(this.bank, customer, "wealth", 0);
    const known = view.identifier !== "";
    const arabicScript = customer.language === "ar" || customer.language === "fa";
    this.clients.write([
      view.key,
      customer.kind === "person" ? "فرد" : "شركة",
      arabicScript ? view.native : view.latin,
      view.bornDay === undefined ? "" : plainDate(view.bornDay),
      known ? customer.identifier.scheme : "",
      known ? customer.identifier.country : "",
      view.identifier,
      known ? (view.verified ? "نعم" : "لا") : "",
      view.mobile,
      view.email,
      view.address.line,
      view.address.city,
      view.address.postalCode,
      view.address.country,
      customer.branch.code,
      plainDate(view.changedDay),
    ]);
    for (const account of bundle.life.accounts) {
      if (account.holding.source === "wealth") {
        this.writeContract(bundle, account);
      }
    }
  }

  close(): void {
    for (const table of [this.clients, this.contracts, this.valuations]) {
      table.file.close();
    }
  }

  private writeContract(bundle: Bundle, account: Account): void {
    const { bank } = this;
    const { holding } = account;
    const status = statusOf(bank, bundle.life, account);
    const closed = closedDayOf(bank, bundle.life, account, status);
    const fund = holding.kind === "investment";
    this.contracts.write([
      holding.key,
      partyKey(bundle.customer, "wealth"),
      fund ? "صندوق" : "تأمين",
      holding.productCode,
      productName(holding.productCode, bundle.customer.market.language),
      holding.currency,
      status,
      date(holding.openedDay),
      holding.maturesDay === undefined ? "" : date(holding.maturesDay),
      closed === undefined ? "" : date(closed),
      money(holding.amountMinor ?? 0),
      fund ? money(status === "closed" ? 0 : marketValue(bank, account, bank.lastDay)) : "",
      fund ? date(bank.lastDay) : "",
      bundle.customer.branch.code,
    ]);
    for (let quarter = Math.min(7, Math.floor(bank.monthStarts.length / 3)); fund && quarter >= 0; quarter -= 1) {
      const day = bank.lastDay - quarter * 91;
      if (day > holding.openedDay && (closed === undefined || day < closed)) {
        this.valuations.write([holding.key, date(day), money(marketValue(bank, account, day)), holding.currency]);
      }
    }
  }
}
