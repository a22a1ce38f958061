import { readFileSync } from "node:fs";
import { Command } from "commander";
import { Refusal } from "../platform/config/index.ts";
import { DomainError } from "../platform/errors/index.ts";
import { addAuditCommands } from "./commands/audit.ts";
import { addBackupCommand } from "./commands/backup.ts";
import { addCreditCommands } from "./commands/credit.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEncryptionCommands } from "./commands/encryption.ts";
import { addFactCommands } from "./commands/facts.ts";
import { addFraudCommands } from "./commands/fraud.ts";
import { addIdentityCommands } from "./commands/identity.ts";
import { addImportCommand } from "./commands/import.ts";
import { addKeyCommands } from "./commands/keys.ts";
import { addLoadCommands } from "./commands/loads.ts";
import { addMappingCommands } from "./commands/mappings.ts";
import { addMigrateCommand } from "./commands/migrate.ts";
import { addModelCommands } from "./commands/models.ts";
import { addPrivacyCommands } from "./commands/privacy.ts";
import { addRestoreCommand } from "./commands/restore.ts";
import { addUserCommands } from "./commands/users.ts";
import { addValueCommands } from "./commands/value.ts";
import { explain } from "./explain.ts";
import { start } from "./start.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
const program = new Command("vinculo")
  .description("A CRM for commercial banks: one trusted record per customer.")
  .version(version, "--version", "print the version")
  .showHelpAfterError();

program
  .command("start")
  .description("run the product: database, web server and workers; the first start fills the demo bank")
  .action(start);
addImportCommand(program);
addMappingCommands(program);
addLoadCommands(program);
addDemoCommand(program);
addIdentityCommands(program);
addAuditCommands(program);
addModelCommands(program);
addMigrateCommand(program);
addPrivacyCommands(program);
addBackupCommand(program);
addRestoreCommand(program);
addUserCommands(program);
addCreditCommands(program);
addKeyCommands(program);
addEncryptionCommands(program);
addFactCommands(program);
addValueCommands(program);
addFraudCommands(program);
addDoctorCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  // What the operator can mend is one sentence; anything else keeps its trace for whoever mends it in the code.
  if (error instanceof Refusal) console.error(error.message);
  else if (error instanceof DomainError) console.error(explain(error));
  else console.error(error);
  process.exitCode = 1;
}
