import { demoStaff, generateDemoBank } from "../../db/demo/index.ts";
import { learnAndMatch } from "../customers/identity/index.ts";
import { hasLoads, importDelivery } from "../customers/intake/index.ts";
import { takeStock } from "../customers/quality/index.ts";
import {
  createUser,
  hashPassword,
  operatorCaller,
  readDemoState,
  saveBank,
  saveDemoPeople,
  saveDemoState,
} from "../governance/access/index.ts";
import { assignPortfolio } from "../governance/organisation/index.ts";
import { saveRates } from "../intelligence/facts/index.ts";
import type { Caller } from "../platform/caller/index.ts";
import { systemClock } from "../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../platform/db/index.ts";
import { reportDemoCases } from "./demo-fraud.ts";
import { sealDemoCustomers } from "./demo-seals.ts";
import type { Progress } from "./progress.ts";

export interface DemoOrder {
  readonly customers: number;
  /** Folder for the delivered files and the ground truth. */
  readonly folder: string;
  readonly seed?: number;
  readonly transactionsPerCustomer?: number;
}

const bank = { name: "Vinculo Demo Bank", reportingCurrency: "EUR", demo: true };

/** Units of the reporting currency, about those of the middle of the demo bank's two years. */
const demoRates = Object.entries({ AED: 0.25, SAR: 0.245, IRR: 0.0000012, CNY: 0.128, GBP: 1.17, USD: 0.92 }).map(([currency, rate]) => ({
  currency,
  rate,
  validFrom: "2020-01-01",
}));

/** Generates the demo bank and brings it in through the import, like the files of any bank; then its people. What is computed of it comes after. */
export async function fillDemoBank(db: Db, order: DemoOrder, onProgress: (progress: Progress) => void): Promise<void> {
  const operator = await operatorCaller(db);
  const asWorker = (work: (tx: Tx) => Promise<void>) => inTransaction(db, operator, work, { role: "worker" });
  await asWorker(async (tx) => {
    await saveBank(tx, operator, bank);
    await saveDemoState(tx, operator, "filling");
  });
  const { deliveries } = await generateDemoBank({
    ...order,
    onProgress: (done, total) => onProgress({ what: "generating customers", done, total }),
  });
  let staffed = false;
  for (const { sourceCode, mappingPath, folder } of deliveries) {
    await importDelivery({
      db,
      caller: operator,
      mappingPath,
      folder,
      onProgress: ({ bytes, ofBytes }) => onProgress({ what: `loading ${sourceCode}, bytes`, done: bytes, total: ofBytes }),
    });
    if (!staffed) await staff(db, operator, order);
    staffed = true;
  }
  onProgress({ what: "matching customers", done: 0, total: 1 });
  await learnAndMatch({ db, caller: operator, loadNo: null });
  await sealDemoCustomers(db, operator);
  await asWorker((tx) => saveRates(tx, operator, demoRates, "Demo bank"));
  await reportDemoCases({ db, caller: operator, clock: systemClock }, order.folder);
  await takeStock({ db, caller: operator, clock: systemClock });
  await asWorker((tx) => saveDemoState(tx, operator, "completing"));
}

/** Begun and not ended (a killed start goes on), or nothing was ever loaded here. */
export async function wantsDemoBank(db: Db): Promise<boolean> {
  const operator = await operatorCaller(db);
  return inTransaction(
    db,
    operator,
    async (tx) => {
      const state = await readDemoState(tx);
      return state === "filling" || (state === null && !(await hasLoads(tx)));
    },
    { role: "worker", readOnly: true },
  );
}

/** People need the branches, which come with the first delivery. They share one password, which is no secret, so it is hashed once. */
async function staff(db: Db, operator: Caller, order: DemoOrder): Promise<void> {
  const people = demoStaff(order);
  const shown = people.filter(({ introduced }) => introduced).map(({ login }) => login);
  const hashes = new Map<string, string>();
  for (const { password } of people) if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
  const save = async (tx: Tx) => {
    await saveDemoPeople(tx, operator, shown);
    for (const { introduced: _, portfolioCodes, password, ...person } of people) {
      await createUser(tx, operator, { ...person, password: { hash: hashes.get(password) ?? "" } });
      for (const code of portfolioCodes) await assignPortfolio(tx, code, person.login);
    }
  };
  await inTransaction(db, operator, save, { role: "worker" });
}
