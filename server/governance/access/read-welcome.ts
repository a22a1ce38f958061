import type { Tx } from "../../platform/db/index.ts";
import type { Welcome } from "./contract.ts";
import { listDemoPeople, readBankSetting } from "./store.ts";

// Not a secret: printed by `npm start` and shown on the sign-in page of a demo bank, and of nothing else.
export const DEMO_PASSWORD = "vinculo-demo";

export async function readWelcome(tx: Tx): Promise<Welcome> {
  const bank = await readBankSetting(tx);
  if (!bank.demo) return { bankName: bank.name, demoPeople: [], demoPassword: null };
  return { bankName: bank.name, demoPeople: await listDemoPeople(tx), demoPassword: DEMO_PASSWORD };
}
