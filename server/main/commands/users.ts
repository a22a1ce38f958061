import { type Command, Option } from "commander";
import { roleIds } from "../../governance/access/contract.ts";
import { createUser, listUsers, setUserActive } from "../../governance/access/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { printTable, withDatabase } from "./open.ts";

const PASSWORD_CHARACTERS_MIN = 12;

interface AddOptions {
  name: string;
  role: (typeof roleIds)[number][];
  unit: string;
  email?: string;
}

export function addUserCommands(program: Command): void {
  const users = program.command("users").description("people who may sign in: list, add, close, open");
  users
    .command("list")
    .description("every account, its unit and roles")
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        const people = await inTransaction(db, operator, (tx) => listUsers(tx, operator), { role: "worker" });
        printTable(people.map(({ roleIds: roles, ...person }) => ({ ...person, roles: roles.join(",") })));
      }),
    );
  users
    .command("add <login>")
    .description("add or change an account; the password is read from the environment variable VINCULO_NEW_PASSWORD")
    .requiredOption("--name <name>", "name as colleagues see it")
    .addOption(new Option("--role <role...>", "what the person may do").choices([...roleIds]).makeOptionMandatory())
    .option("--unit <code>", "code of the branch, region or bank where the roles hold", "BANK")
    .option("--email <address>")
    .action((login: string, options: AddOptions) =>
      withDatabase(async ({ db, operator }) => {
        const password = process.env.VINCULO_NEW_PASSWORD ?? "";
        if (password.length < PASSWORD_CHARACTERS_MIN)
          throw new Refusal(
            `Set VINCULO_NEW_PASSWORD to a password of at least ${PASSWORD_CHARACTERS_MIN} characters; it is not taken from the command line, where others could read it.`,
          );
        const { name, role, unit, email } = options;
        const request = { login, displayName: name, unitCode: unit, roleIds: role, password, ...(email === undefined ? {} : { email }) };
        const saved = await inTransaction(db, operator, (tx) => createUser(tx, operator, request), { role: "worker" });
        console.log(saved.created ? `${login} can sign in now.` : `${login} was changed.`);
      }),
    );
  for (const [name, active] of [
    ["close", false],
    ["open", true],
  ] as const) {
    users
      .command(`${name} <login>`)
      .description(active ? "let a closed account sign in again" : "end the account's sessions at once and refuse new ones")
      .action((login: string) =>
        withDatabase(({ db, operator }) =>
          inTransaction(db, operator, (tx) => setUserActive(tx, operator, login, active), { role: "worker" }),
        ),
      );
  }
}
