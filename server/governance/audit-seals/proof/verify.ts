#!/usr/bin/env node
// A program of its own: node verify.ts FILE [--key PUBLIC.pem]... [--certificates CA.pem]...
// It imports Node and the files of this folder, and nothing else, so that an auditor can take the folder away and read all of it.
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Verdict, verifyBundle } from "./bundle.ts";

export interface VerifyOrder {
  readonly file: string;
  /** PEM files. */
  readonly keyFiles: readonly string[];
  readonly certificateFiles: readonly string[];
}

/** Verifies and says so on the terminal; true: nothing is wrong. Fails when a file cannot be read. */
export async function verifyAndTell({ file, keyFiles, certificateFiles }: VerifyOrder): Promise<boolean> {
  const keys = keyFiles.map((path) => createPublicKey(readFileSync(path, "utf8")));
  const certificates = certificateFiles.flatMap((path) => splitPem(readFileSync(path, "utf8")));
  const startedMs = performance.now();
  const verdict = await verifyBundle(file, { keys, certificates });
  process.stdout.write(`${tell(verdict, (performance.now() - startedMs) / 1000).join("\n")}\n`);
  return verdict.faultCount === 0;
}

export function tell(verdict: Verdict, seconds: number): string[] {
  const { file, head, seals, rows, timestamps, faults, faultCount, notes } = verdict;
  const span = head === null ? "" : `, seals ${head.firstSeal} to ${head.lastSeal}`;
  const lines = [`${file}: ${rows} rows under ${seals} seals${span}, ${timestamps} time stamps, read in ${seconds.toFixed(1)} s`];
  lines.push(...faults.map(({ text }) => `FAULT  ${text}`));
  if (faultCount > faults.length) lines.push(`FAULT  and ${faultCount - faults.length} more`);
  lines.push(...notes.map((note) => `note   ${note}`));
  lines.push(
    faultCount === 0
      ? "The trail is whole: nothing was changed, removed, inserted or moved."
      : `${faultCount} faults: the trail is NOT whole.`,
  );
  return lines;
}

export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string", multiple: true, default: [] }, certificates: { type: "string", multiple: true, default: [] } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    process.stderr.write("usage: node verify.ts FILE [--key PUBLIC.pem]... [--certificates CA.pem]...\n");
    process.exitCode = 2;
  } else {
    const order = { file, keyFiles: values.key, certificateFiles: values.certificates };
    const whole = await verifyAndTell(order).catch((error: Error) => {
      process.stderr.write(`${file} cannot be verified: ${error.message}\n`);
      return false;
    });
    if (!whole) process.exitCode = 1;
  }
}
