import { findLargestOf, hasSeals, sealCustomer } from "../customers/seals/index.ts";
import { findCompartmentOf, findPersonByLogin, giveClearance } from "../governance/walls/index.ts";
import type { Caller } from "../platform/caller/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";

/** Which customers of the demo bank are sealed, and for whom they are there all the same. */
const sealed = [
  { kind: "vip", of: "rm.london", reason: "a minister, in the news every week", cleared: ["rm.london", "compliance"] },
  { kind: "staff", of: "rm2.london", reason: "works for the bank, in the branch itself", cleared: ["compliance"] },
] as const;

/** The largest customer of a manager for each kind. Nothing where the manager has none, as in a bank of few customers. */
export async function sealDemoCustomers(db: Db, operator: Caller): Promise<void> {
  // A start that was killed on its way goes on here.
  if (await inTransaction(db, operator, hasSeals, { role: "worker" })) return;
  for (const { kind, of, reason, cleared } of sealed) {
    const customerNo = await inTransaction(db, operator, (tx) => findLargestOf(tx, of), { role: "worker" });
    if (customerNo === null) return;
    const compartmentId = await inTransaction(db, operator, (tx) => findCompartmentOf(tx, kind), { role: "worker" });
    await sealCustomer(db, operator, { customerNo, compartmentId, reason });
    for (const login of cleared) await clear(db, operator, compartmentId, login);
  }
}

async function clear(db: Db, operator: Caller, compartmentId: number, login: string): Promise<void> {
  await inTransaction(
    db,
    operator,
    async (tx) => {
      const personId = await findPersonByLogin(tx, login);
      if (personId !== null) await giveClearance(tx, operator, compartmentId, { personId, reason: "keeps or serves these customers" });
    },
    { role: "worker" },
  );
}
