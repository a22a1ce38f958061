import { readWelcome } from "../governance/access/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";

/** Where to go and whom to sign in as. People are named on a demo bank only. */
export async function printPeople(db: Db, address: string): Promise<void> {
  const nobody = { userId: null, sessionId: null, requestId: "start" };
  const welcome = await inTransaction(db, nobody, readWelcome, { purpose: "sign_in", readOnly: true });
  console.log(`\nVinculo is at ${address}`);
  if (welcome.demoPeople.length === 0) {
    console.log("Add people with: npx vinculo users add <login> --name ... --role ...\n");
    return;
  }
  console.log(`\n${welcome.bankName}. Sign in with the password ${welcome.demoPassword} as:`);
  const width = Math.max(...welcome.demoPeople.map(({ login }) => login.length));
  for (const { login, roleId, unitName, displayName } of welcome.demoPeople) {
    console.log(`  ${login.padEnd(width)}  ${roleId.replaceAll("_", " ")}, ${unitName} (${displayName})`);
  }
  console.log();
}
