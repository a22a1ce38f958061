import { basename } from "node:path";
import type { Command } from "commander";
import { draftMapping, findMappingNamed, listMappings, readMapping, saveMapping } from "../../customers/intake/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { printTable, readText, withDatabase } from "./open.ts";

export function addMappingCommands(program: Command): void {
  const mappings = program.command("mappings").description("how the files of a source become records: list, show, draft, check, save");
  mappings
    .command("list", { isDefault: true })
    .description("every kept version")
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        const found = await inTransaction(db, operator, (tx) => listMappings(tx, operator));
        printTable(
          found.mappings.map(({ mappingId, name, version, sourceCode, createdAt, createdBy }) => ({
            mapping: mappingId,
            name,
            version,
            source: sourceCode,
            kept: createdAt.toISOString(),
            by: createdBy,
          })),
        );
      }),
    );
  mappings
    .command("show <mapping>")
    .description("its YAML, as written; by its id, or the newest version by its name")
    .action((name: string) =>
      withDatabase(async ({ db, operator }) => {
        const { text } = await inTransaction(db, operator, (tx) => findMappingNamed(tx, operator, name));
        console.log(text);
      }),
    );
  mappings
    .command("check <file>")
    .description("every mistake in a mapping, with line and field; ends with 1 when there is one")
    .action((file: string) => {
      const { problems } = readMapping(readText(file));
      for (const { line, column, path, message } of problems) console.log(`${file}:${line}:${column}  ${path}  ${message}`);
      if (problems.length > 0) process.exitCode = 1;
      else console.log("No mistakes found.");
    });
  mappings
    .command("draft <files...>")
    .description("a first mapping for files nobody has described yet, to be looked over")
    .requiredOption("--source <code>", "a word for the system the files come from")
    .option("--name <name>", "its name as people say it")
    .action(async (files: string[], { source, name = source }: { source: string; name?: string }) => {
      console.log(
        await draftMapping(
          { code: source, name },
          files.map((path) => ({ name: basename(path), path })),
        ),
      );
    });
  mappings
    .command("save <file>")
    .description("keep a mapping as a new version, to be used from the browser")
    .action((file: string) =>
      withDatabase(async ({ db, operator }) => {
        const { name, version } = await saveMapping(db, operator, readText(file));
        console.log(`Kept as ${name}, version ${version}.`);
      }),
    );
}
