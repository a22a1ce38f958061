import { createPublicKey } from "node:crypto";
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { record } from "../../governance/audit/index.ts";
import {
  checkDatabase,
  exportTrail,
  openKey,
  readSealFile,
  replaceSealKey,
  sealRows,
  splitPem,
  tell,
  trustedKeys,
  verifyAndTell,
  verifyBundle,
  withSealer,
} from "../../governance/audit-seals/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { fileRefusal, type Opened, readText, withDatabase } from "./open.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;

interface ExportOptions {
  from?: string;
  to?: string;
  out: string;
}

interface VerifyOptions {
  database?: boolean;
  key: string[];
  certificates: string[];
  seals?: string;
  archive: string[];
}

export function addAuditCommands(program: Command): void {
  const audit = program.command("audit").description("the audit trail: seal it, export it, prove that nothing in it was changed");
  audit
    .command("seal")
    .description("seal what was recorded until now, beside the running sealer")
    .action(() => withDatabase(async (opened) => console.log(`${await sealAll(opened)} rows sealed now`)));
  audit
    .command("export")
    .description("write the rows of some days with their seals into a file that can be verified anywhere")
    .option("--from <day>", "first day (UTC), as 2026-03-01; default: from the beginning")
    .option("--to <day>", "last day; default: until now")
    .requiredOption("--out <file>", "a file that is not there yet; gzipped when it ends in .gz")
    .action((options: ExportOptions) => withDatabase((opened) => exportTo(opened, options)));
  audit
    .command("verify [file]")
    .description(
      "verify an exported file, without a database; or with --database every seal and row there; ends with 1 when anything is wrong",
    )
    .option("--database", "the database instead of a file")
    .option("--key <pem...>", "public keys of the bank; default for the database: those beside its private key", [])
    .option("--certificates <pem...>", "certificates that time stamps must lead to", [])
    .option("--seals <file>", "with --database: the seals as they left the machine; default: the configured seal file")
    .option("--archive <file...>", "with --database: exported files of months that were detached", [])
    .action(verify);
  audit
    .command("new-key")
    .description("put a new key in place of the one that signs seals; restart Vinculo afterwards")
    .action(() =>
      withDatabase(async ({ config, db, operator }) => {
        const keyId = replaceSealKey(config.audit.keyFile);
        await inTransaction(
          db,
          operator,
          (tx) => record(tx, { caller: operator, action: "seals.key_replaced", subjectKind: "audit_seal", detail: { keyId } }),
          {
            role: "worker",
          },
        );
        console.log(
          `The new key is ${keyId}. Give its public half (audit-seal-${keyId}.pub.pem beside it) to the auditors, and restart Vinculo.`,
        );
      }),
    );
}

async function sealAll({ config, db }: Opened): Promise<number> {
  return withSealer(db, async (connection) => {
    const key = await openKey(connection, config.audit.keyFile);
    let rows = 0;
    for (let sealed = await sealRows(connection, key); sealed !== null; sealed = await sealRows(connection, key)) rows += sealed.rows;
    return rows;
  });
}

async function exportTo(
  opened: Opened,
  { from = null, to = null, out }: { from?: string | null; to?: string | null; out: string },
): Promise<void> {
  const { config, db, operator } = opened;
  for (const day of [from, to])
    if (day !== null && !(DAY.test(day) && !Number.isNaN(Date.parse(day)))) throw new Refusal(`${day} is not a day as 2026-03-01.`);
  const entry = { caller: operator, action: "audit.exported", subjectKind: "audit_event", detail: { form: "sealed", from, to } };
  await inTransaction(db, operator, (tx) => record(tx, entry), { role: "worker" });
  await sealAll(opened);
  const head = await withSealer(db, async (connection) =>
    exportTrail({ connection, key: await openKey(connection, config.audit.keyFile), from, to, file: out, now: new Date() }).catch(
      (error: unknown) => {
        throw fileRefusal(error, out);
      },
    ),
  );
  console.log(
    `${head.rows} rows under the seals ${head.firstSeal} to ${head.lastSeal} are in ${out}. Verify it with: vinculo audit verify ${out}`,
  );
}

async function verify(file: string | undefined, options: VerifyOptions): Promise<void> {
  if ((file === undefined) === (options.database !== true)) throw new Refusal("Name either a file or --database.");
  const order = { keyFiles: options.key, certificateFiles: options.certificates };
  const whole =
    file === undefined
      ? await withDatabase((opened) => verifyDatabase(opened, options))
      : await verifyAndTell({ file, ...order }).catch((error: unknown) => {
          throw fileRefusal(error, file);
        });
  if (!whole) process.exitCode = 1;
}

async function verifyDatabase({ config, db }: Opened, options: VerifyOptions): Promise<boolean> {
  const keys = options.key.length > 0 ? options.key.map((path) => createPublicKey(readText(path))) : trustedKeys(config.audit.keyFile);
  const certificates = options.certificates.flatMap((path) => splitPem(readText(path)));
  const archived = new Set<string>();
  for (const file of options.archive) {
    const verdict = await verifyBundle(file, { keys, certificates });
    if (verdict.faultCount > 0 || verdict.head === null) {
      for (const line of tell(verdict, 0)) console.log(line);
      return false;
    }
    for (let no = BigInt(verdict.head.firstSeal); no <= BigInt(verdict.head.lastSeal); no += 1n) archived.add(String(no));
  }
  const seals = options.seals ?? (existsSync(config.audit.sealFile) ? config.audit.sealFile : null);
  const startedMs = performance.now();
  const { check, tail, keysFromDatabase } = await withSealer(db, (connection) =>
    checkDatabase({ connection, keys, certificates, archived, ...(seals === null ? {} : { elsewhere: readSealFile(seals) }) }),
  );
  const notes = [
    ...(keysFromDatabase ? ["The public keys were taken from the database itself: name the bank's with --key."] : []),
    ...(seals === null
      ? ["No seals from outside were compared: whether seals are missing at the end is not known."]
      : [`Compared with the seals in ${seals}.`]),
    ...(tail.rows > 0 ? [`${tail.rows} rows are not sealed yet, the oldest of ${tail.oldestAt?.toISOString()}.`] : []),
  ];
  const { faults, faultCount, rows } = check;
  const verdict = { file: "database", head: null, seals: check.seals, rows, timestamps: 0, faults, faultCount, notes };
  for (const line of tell(verdict, (performance.now() - startedMs) / 1000)) console.log(line);
  return faultCount === 0;
}
