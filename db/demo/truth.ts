import { join, relative } from "node:path";
import { gregorian } from "./dates.ts";
import type { Account } from "./life/ledger.ts";
import { Random } from "./random.ts";
import type { Bundle } from "./sources/bundle.ts";
import { tokenOf } from "./sources/cards.ts";
import { DeliveryFile } from "./sources/delivery-file.ts";
import { keyOf, viewOf } from "./sources/party-view.ts";
import type { OnDamage } from "./sources/table.ts";

/** What is so, beside what the files say: for measuring identity, churn, fraud, next product and arrears. No part of any delivery. */
export class Truth {
  readonly onDamage: OnDamage;
  private readonly customers: DeliveryFile;
  private readonly frauds: DeliveryFile;
  private readonly damages: DeliveryFile;

  constructor(folder: string) {
    this.customers = new DeliveryFile(join(folder, "truth", "customers.jsonl"), "utf-8");
    this.frauds = new DeliveryFile(join(folder, "truth", "fraud.csv"), "utf-8");
    this.damages = new DeliveryFile(join(folder, "truth", "damaged-rows.csv"), "utf-8");
    this.frauds.line("source,transaction,booked_on,kind,customer");
    this.damages.line("file,line,key,reason");
    this.onDamage = ({ path, line, key, damage }) => this.damages.line([relative(folder, path), line, key, damage].join(","));
  }

  write(bundle: Bundle): void {
    const { bank, customer, life } = bundle;
    const iso = (day: number | undefined) => (day === undefined || day > bank.lastDay ? null : gregorian.joined(day, "-"));
    const { fate, needs } = life;
    const records = bundle.knownTo.map((source) => ({
      source,
      key: keyOf(source, customer.index, 0),
      differs: viewOf(bank, customer, source, 0).differs,
    }));
    if (bundle.twiceInCore) {
      records.push({ source: "core", key: keyOf("core", customer.index, 1), differs: viewOf(bank, customer, "core", 1).differs });
    }
    this.customers.line(
      JSON.stringify({
        customer: customer.label,
        kind: customer.kind,
        language: customer.language,
        country: customer.market.country,
        branch: customer.branch.code,
        segment: customer.segment,
        drives: rounded({ ...customer.drives }),
        mainBank: customer.mainBank,
        identifier: customer.identifier.value,
        bornOn: iso(customer.bornDay),
        records,
        relation: bundle.neighbour === undefined ? "none" : bundle.relation,
        relatedTo: bundle.relation === "none" ? null : (bundle.neighbour?.customer.label ?? null),
        leavesOn: iso(fate.leavesOn),
        fadesFrom: iso(fate.fadesFrom),
        silent: fate.silent,
        dormant: fate.dormant,
        losesJobOn: iso(fate.losesJobOn),
        marriesOn: iso(fate.marriesOn),
        childOn: iso(fate.childOn),
        strainedFrom: iso(fate.strainedFrom),
        complaint: fate.complaint,
        fraudOn: iso(fate.fraudOn),
        fraudKind: fate.fraudKind ?? null,
        needs: rounded({ ...needs }),
        products: life.accounts.map(({ holding, missed }) => ({
          key: holding.key,
          product: holding.productCode,
          openedOn: iso(holding.openedDay),
          ...(missed > 0 ? { missed } : {}),
        })),
      }),
    );
    for (const account of life.accounts) {
      this.writeFraud(bundle, account);
    }
  }

  close(): void {
    this.customers.close();
    this.frauds.close();
    this.damages.close();
  }

  private writeFraud(bundle: Bundle, account: Account): void {
    for (const [place, movement] of account.movements.entries()) {
      if (movement.fraud) {
        const { holding } = account;
        const key = holding.source === "cards" ? tokenOf(new Random(bundle.bank.seed, Number(holding.key.slice(1)), 51)) : holding.key;
        this.frauds.line(
          [
            holding.source,
            `${key}-${place + 1}`,
            gregorian.joined(movement.day, "-"),
            bundle.life.fate.fraudKind ?? "",
            bundle.customer.label,
          ].join(","),
        );
      }
    }
  }
}

function rounded(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Math.round(value * 1000) / 1000]));
}
