import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mappingFile, scratchFolder } from "./scratch-folder.ts";

/** A small bank's mapping: customers with phone and national id, accounts, movements. `source` is its code. */
export function bankMapping(source: string, more = ""): string {
  return `
vinculo: 1
name: ${source}
source: { code: ${source}, name: ${source} }
defaults: { currency: EUR, country: ES }
files:
  - file: clients*.csv
    may_be_missing: true
    records:
      - kind: party
        key: id
        fields: { kind: { value: person }, full_name: name, born_on: born, branch_code: branch }
        phones: [ { number: phone, purpose: mobile } ]
        identifiers: [ { scheme: national_id, number: nif, country: { value: ES } } ]
  - file: ids*.csv
    may_be_missing: true
    records:
      - kind: identifier
        fields: { party: client, scheme: { value: national_id }, country: { value: ES }, value: nif }
  - file: accounts*.csv
    may_be_missing: true
    records:
      - kind: holding
        key: account
        fields: { owner: client, kind: { value: current_account }, number: account, opened_on: opened, attached_to: parent }
  - file: movements*.csv
    may_be_missing: true
    records:
      - kind: transaction
        key: id
        fields: { holding: account, booked_on: day, amount: amount, balance_after: balance, description: text }
${more}`;
}

/** Valid Spanish national ids, made of a number. */
export function nif(number: number): string {
  return `${String(number).padStart(8, "0")}${"TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]}`;
}

export const clientsHeader = "id,name,born,branch,phone,nif";
export const accountsHeader = "account,client,opened,parent";
export const movementsHeader = "id,account,day,amount,balance,text";

/** Writes files into a new folder and answers with what openDelivery takes. Values are lines without their ends. */
export function delivered(files: Readonly<Record<string, readonly string[]>>): { name: string; path: string }[] {
  const folder = scratchFolder("delivery");
  return Object.entries(files).map(([name, lines]) => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    return { name, path };
  });
}

/** A delivery of these files with its mapping, as `importDelivery` takes it. */
export function deliveryOf(mapping: string, files: Readonly<Record<string, readonly string[]>>): { mappingPath: string; folder: string } {
  const [file] = delivered(files);
  return { mappingPath: mappingFile(mapping), folder: dirname(file?.path ?? "") };
}

/** `count` clients with an account each and `each` movements an account, whose running balances are right. */
export function smallBank(count: number, each: number): Record<string, string[]> {
  const clients = [clientsHeader];
  const accounts = [accountsHeader];
  const movements = [movementsHeader];
  for (let at = 1; at <= count; at += 1) {
    clients.push(
      `${at},Ana Prueba ${at},19${50 + (at % 50)}-03-0${1 + (at % 9)},B${at % 3},+346000${String(at).padStart(5, "0")},${nif(at)}`,
    );
    accounts.push(`A${at},${at},2020-01-0${1 + (at % 9)},`);
  }
  const balance = new Map<number, number>();
  for (let day = 1; day <= each; day += 1) {
    for (let at = 1; at <= count; at += 1) {
      const amount = ((at * 7919 + day * 104729) % 20_000) - 8_000;
      balance.set(at, (balance.get(at) ?? 0) + amount);
      const euros = (minor: number) => (minor / 100).toFixed(2);
      movements.push(
        `M${day}-${at},A${at},2025-${String(1 + (day % 12)).padStart(2, "0")}-15,${euros(amount)},${euros(balance.get(at) ?? 0)},pago ${at}`,
      );
    }
  }
  return { "clients.csv": clients, "accounts.csv": accounts, "movements.csv": movements };
}
