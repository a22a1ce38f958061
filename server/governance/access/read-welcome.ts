import type { Tx } from "../../platform/db/index.ts";
import { readBank, readDemoPeople } from "./bank.ts";
import type { Welcome } from "./contract.ts";
import { listDemoPeople, readSignInWays } from "./store.ts";

// Not a secret: printed by `npm start` and shown on the sign-in page of a demo bank, and of nothing else.
export const DEMO_PASSWORD = "vinculo-demo";

export async function readWelcome(tx: Tx): Promise<Welcome> {
  const bank = await readBank(tx);
  const ways = await readSignInWays(tx);
  if (!bank.demo) return { bankName: bank.name, demoPeople: [], demoPassword: null, ...ways };
  return { bankName: bank.name, demoPeople: await listDemoPeople(tx, await readDemoPeople(tx)), demoPassword: DEMO_PASSWORD, ...ways };
}
