import { join } from "node:path";
import type { Bank } from "../bank.ts";
import type { Customer } from "../customer.ts";
import { gregorian } from "../dates.ts";
import { Random } from "../random.ts";
import type { Bundle } from "./bundle.ts";
import { DeliveryFile } from "./delivery-file.ts";
import { type PartyView, viewOf } from "./party-view.ts";
import type { OnDamage } from "./table.ts";

/** The call centre's system: JSON lines, nested, ISO timestamps; names as people introduce themselves. A second delivery brings changes. */
export class CallCentreSource {
  private readonly bank: Bank;
  private readonly first: DeliveryFile;
  private readonly late: DeliveryFile;
  private readonly damages: Random;
  private readonly onDamage: OnDamage;

  constructor(bank: Bank, folders: { first: string; late: string }, onDamage: OnDamage) {
    this.bank = bank;
    this.first = new DeliveryFile(join(folders.first, "contacts.jsonl"), "utf-8");
    this.late = new DeliveryFile(join(folders.late, "contacts.jsonl"), "utf-8");
    this.damages = new Random(bank.seed, 0, 103);
    this.onDamage = onDamage;
  }

  write(bundle: Bundle): void {
    const { customer } = bundle;
    if (!bundle.knownTo.includes("crm")) {
      return;
    }
    const random = new Random(this.bank.seed, customer.index, 52);
    const view = viewOf(this.bank, customer, "crm", 0);
    const preferences = {
      channel: random.pick(customer.drives.digital > 0.3 ? ["app", "email", "sms"] : ["phone", "phone", "sms", "branch"]),
      contact_time: random.pick(["morning", "afternoon", "evening"]),
      marketing: random.chance(0.62),
    };
    this.emit(contactOf(customer, view, preferences, random, this.bank.lastDay));
    if (random.chance(0.025)) {
      const changed = { ...view, mobile: customer.mobile, email: customer.email, changedDay: this.bank.lastDay + 3 };
      this.late.line(
        JSON.stringify(contactOf(customer, changed, { ...preferences, marketing: !preferences.marketing }, random, this.bank.lastDay + 6)),
      );
    }
  }

  close(): void {
    this.first.close();
    this.late.close();
  }

  private emit(contact: Record<string, unknown>): void {
    const key = String(contact.id);
    const kind = this.damages.chance(0.003) ? this.damages.int(0, 2) : -1;
    if (kind === 0) {
      contact.born = "1987-02-30";
    }
    if (kind === 1) {
      contact.id = null;
    }
    const text = JSON.stringify(contact);
    this.first.line(kind === 2 ? text.slice(0, Math.floor(text.length * 0.7)) : text);
    const damage = (["date_does_not_exist", "missing_value", "not_json"] as const)[kind];
    if (damage !== undefined) {
      this.onDamage({ path: this.first.path, line: this.first.lines, key, damage });
    }
  }
}

function contactOf(customer: Customer, view: PartyView, preferences: object, random: Random, latest: number): Record<string, unknown> {
  const iso = (day: number) => gregorian.joined(day, "-");
  const known = view.identifier !== "";
  const day = Math.min(view.changedDay, latest);
  const time = `${String(random.int(8, 19)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}`;
  // A third of the agents type what they hear in Latin letters.
  const latinOnly = random.chance(0.3);
  return {
    id: view.key,
    type: customer.kind,
    name: { full: latinOnly ? view.latin : view.native, latin: view.latin },
    language: customer.language,
    born: view.bornDay === undefined ? null : iso(view.bornDay),
    identity: known
      ? { scheme: customer.identifier.scheme, country: customer.identifier.country, number: view.identifier, verified: view.verified }
      : null,
    phones: [{ use: "mobile", number: view.mobile }, ...(view.landline === "" ? [] : [{ use: "home", number: view.landline }])],
    emails: view.email === "" ? [] : [{ use: "personal", address: view.email }],
    address: {
      street: latinOnly ? view.address.latinLine : view.address.line,
      city: latinOnly ? view.address.latinCity : view.address.city,
      postcode: view.address.postalCode,
      country: view.address.country,
    },
    preferences,
    branch: customer.branch.code,
    updated: `${iso(day)}T${time}Z`,
  };
}
