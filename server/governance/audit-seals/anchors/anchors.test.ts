import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { afterAll, describe, expect } from "vitest";
import { test } from "../../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../../tests/support/given.ts";
import { makeAuthority } from "../../../../tests/support/time-authority.ts";
import type { AuditConfig } from "../../../platform/config/index.ts";
import { type Database, type Db, inTransaction, sql } from "../../../platform/db/index.ts";
import { record } from "../../audit/index.ts";
import { exportTrail } from "../export-trail.ts";
import { verifyBundle } from "../proof/bundle.ts";
import { checkTimestamp, timestampRequest, tokenOfResponse } from "../proof/timestamp-token.ts";
import { openSealKey } from "../seal-key.ts";
import { sealRows } from "../seal-rows.ts";
import { withSealer } from "../sealer-line.ts";
import { destinationsOf, tellSeals } from "../tell-seals.ts";
import { keepConfigured, listAnchors } from "../told-store.ts";
import { readSealFile } from "./seal-file.ts";
import { sendToLogHost, syslogMessage } from "./syslog.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-anchors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = openSealKey(join(folder, "audit-seal.pem"), true);
const clock = { now: () => new Date() };

async function givenSeals(db: Db, admin: Kysely<Database>, count: number): Promise<void> {
  const caller = await admin.transaction().execute(async (tx) => givenPerson(tx, "auditor", await bankUnit(tx)));
  for (let turn = 0; turn < count; turn += 1) {
    await inTransaction(db, caller, (tx) => record(tx, { caller, action: "customer.viewed", subjectKind: "customer" }));
    await withSealer(db, (connection) => sealRows(connection, key));
  }
}

const config = (over: Partial<AuditConfig>): AuditConfig => ({
  keyFile: join(folder, "audit-seal.pem"),
  sealFile: join(folder, `${crypto.randomUUID()}.jsonl`),
  syslog: null,
  timestamps: null,
  ...over,
});

/** One round of telling, and what is known of each destination afterwards. */
async function tell(db: Db, audit: AuditConfig) {
  return withSealer(db, async (connection) => {
    await keepConfigured(connection, destinationsOf(audit));
    await tellSeals({ connection, audit, clock });
    return Object.fromEntries((await listAnchors(connection)).map((anchor) => [anchor.kind, anchor]));
  });
}

describe("the seal file", () => {
  test("gets every seal once, for its owner alone, also after a crash in the middle of a line", async ({ db, admin }) => {
    const audit = config({});
    await givenSeals(db, admin, 3);
    expect((await tell(db, audit)).file).toMatchObject({ problem: null });
    const before = readFileSync(audit.sealFile, "utf8");
    expect(statSync(audit.sealFile).mode & 0o777).toBe(0o600);
    await tell(db, audit);
    expect(readFileSync(audit.sealFile, "utf8")).toBe(before);
    appendFileSync(audit.sealFile, before.slice(0, 50));
    await givenSeals(db, admin, 1);
    await tell(db, audit);
    expect(readFileSync(audit.sealFile, "utf8").startsWith(before)).toBe(true);
    const told = (await Array.fromAsync(readSealFile(audit.sealFile))).map(({ no }) => Number(no));
    expect(told).toEqual(told.map((_, place) => place + 1));
  });

  test("that knows a seal the database has not, or another one of its number, is left as it is and said to be a problem", async ({
    db,
    admin,
  }) => {
    const audit = config({});
    await givenSeals(db, admin, 1);
    await tell(db, audit);
    const [line = ""] = readFileSync(audit.sealFile, "utf8").trimEnd().split("\n").slice(-1);
    const later = line.replace(/\\"no\\":\\"\d+\\"/, '\\"no\\":\\"999999\\"');
    appendFileSync(audit.sealFile, `${later}\n`);
    expect((await tell(db, audit)).file?.problem).toBe("the file holds seal 999999, which the database has not");
    const other = line.replace(/\\"rows\\":\d+/, '\\"rows\\":77');
    writeFileSync(audit.sealFile, `${other}\n`);
    expect((await tell(db, audit)).file?.problem).toMatch(/is another one than in the database$/);
    expect(readFileSync(audit.sealFile, "utf8")).toBe(`${other}\n`);
  });
});

describe("a log host", () => {
  test("takes each seal as one message of RFC 5424, over TCP by counted octets; what fails is told again", async ({ db, admin }) => {
    await givenSeals(db, admin, 1);
    let heard = "";
    const host = createServer((socket) => socket.on("data", (bytes) => (heard += bytes.toString())));
    host.listen(0, "127.0.0.1");
    await once(host, "listening");
    const { port } = host.address() as AddressInfo;
    const audit = config({ syslog: { protocol: "tcp", host: "127.0.0.1", port } });
    const first = await tell(db, audit);
    expect(first.syslog?.problem).toBeNull();
    const [, length = "0", rest = ""] = /^(\d+) ([\s\S]*)$/.exec(heard) ?? [];
    expect(Buffer.byteLength(rest)).toBe(Number(length));
    expect(rest).toMatch(
      /^<109>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ vinculo \d+ SEAL \[seal@32473 no="\d+" hash="[0-9a-f]{64}"\] \{"statement":/,
    );
    host.close();
    await once(host, "close");
    await givenSeals(db, admin, 2);
    expect((await tell(db, audit)).syslog).toMatchObject({
      sealNo: first.syslog?.sealNo,
      problem: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("over TLS is told nothing before it has proven who it is: no seal goes out in clear", async ({ db, admin }) => {
    await givenSeals(db, admin, 1);
    let heard = Buffer.alloc(0);
    const impostor = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (bytes: Buffer) => {
        heard = Buffer.concat([heard, bytes]);
        socket.end("no TLS here");
      });
    });
    impostor.listen(0, "127.0.0.1");
    await once(impostor, "listening");
    const { port } = impostor.address() as AddressInfo;
    const told = await tell(db, config({ syslog: { protocol: "tls", host: "127.0.0.1", port } }));
    expect(told.syslog?.problem).not.toBeNull();
    expect(heard[0], "a TLS handshake").toBe(0x16);
    expect(heard.toString("latin1")).not.toContain("SEAL");
    impostor.close();
  });

  test("takes it over UDP too; AC-47: no text in a message can begin another one", async ({ db, admin }) => {
    await givenSeals(db, admin, 1);
    const host = createSocket("udp4").bind(0, "127.0.0.1");
    await once(host, "listening");
    const message = once(host, "message");
    const seal = { no: "1", statement: '{"a":"\r\n<109>1 forged"}', hash: Buffer.alloc(32), signature: Buffer.alloc(64) };
    await sendToLogHost({ protocol: "udp", host: "127.0.0.1", port: host.address().port }, [seal], new Date());
    const [bytes] = (await message) as [Buffer];
    host.close();
    expect(bytes.toString()).not.toMatch(/[\r\n]/);
    expect(syslogMessage(seal, new Date(0), "bad host\n")).toMatch(/^<109>1 1970-01-01T00:00:00.000Z badhost vinculo /);
  });
});

describe("time stamps", () => {
  const hash = Buffer.alloc(32, 7);
  const nonce = Buffer.from("00c1d2e3f4a5b6c7", "hex");
  const authority = makeAuthority();
  const stamp = (faults = {}, by = authority) => {
    const found = tokenOfResponse(by.answer(timestampRequest(hash, nonce), faults));
    return "token" in found ? found.token : Buffer.alloc(0);
  };
  const check = (token: Buffer, certificates = [authority.rootPem]) => checkTimestamp(token, { hash, nonce, certificates });

  test("hold when imprint, nonce, signature, purpose and chain fit", () => {
    expect(check(stamp())).toMatchObject({ fault: null, trusted: true });
    expect(check(stamp(), [])).toMatchObject({ fault: null, trusted: false });
  });

  test("of another content, another request, a stranger, a certificate for something else or out of date do not hold", () => {
    expect(check(stamp({ imprint: Buffer.alloc(32, 8) })).fault).toBe("it stamps something else");
    expect(check(stamp({ nonce: Buffer.of(1) })).fault).toBe("it answers another request");
    expect(check(stamp({ strangerSigns: true })).fault).toBe("its signature does not fit");
    expect(check(stamp({ editsContent: true })).fault).not.toBeNull();
    expect(check(stamp({ stampedAt: new Date("2055-01-01T00:00:00Z") })).fault).toBe("its certificate was not valid at that time");
    expect(check(stamp(), [makeAuthority().rootPem]).fault).toBe("its certificate leads to none of those given");
    const forMail = makeAuthority("1.3.6.1.5.5.7.3.4");
    expect(check(stamp({}, forMail), [forMail.rootPem]).fault).toBe("its certificate is not for time stamps");
  });

  test("that were changed in any byte never hold as the stamp of this hash at another time", () => {
    const token = stamp();
    const { stampedAt } = check(token);
    for (let at = 0; at < token.length; at += 7) {
      const changed = Buffer.from(token);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const result = check(changed);
      if (result.fault === null) expect(result.stampedAt).toEqual(stampedAt);
    }
    expect(tokenOfResponse(Buffer.from("3005300302010230", "hex"))).toHaveProperty("fault");
    expect(tokenOfResponse(Buffer.alloc(3))).toHaveProperty("fault");
  });

  test("are fetched over HTTP for the last seal, kept, exported with it and verified offline", async ({ db, admin }) => {
    await givenSeals(db, admin, 2);
    let faults = {};
    const web = createWebServer(async (request, response) => {
      const asked = Buffer.concat((await request.toArray()) as Buffer[]);
      expect(request.headers["content-type"]).toBe("application/timestamp-query");
      response.setHeader("content-type", "application/timestamp-reply").end(authority.answer(asked, faults));
    });
    web.listen(0, "127.0.0.1");
    await once(web, "listening");
    const certificatesFile = join(folder, "root.pem");
    writeFileSync(certificatesFile, authority.rootPem);
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
    faults = { strangerSigns: true };
    const bad = config({ timestamps: { url: `${url}bad`, certificatesFile, everyMinutes: 60 } });
    expect((await tell(db, bad)).timestamp?.problem).toBe("the time stamp does not hold: its signature does not fit");
    faults = {};
    const audit = config({ timestamps: { url, certificatesFile, everyMinutes: 60 } });
    expect((await tell(db, audit)).timestamp?.problem).toBeNull();
    const { rows } = await sql<{ verified: boolean }>`select verified from governance.audit_timestamp`.execute(admin);
    expect(rows).toEqual([{ verified: true }]);
    const file = join(folder, "stamped.jsonl");
    await withSealer(db, (connection) => exportTrail({ connection, key, from: null, to: null, file, now: new Date() }));
    const options = { keys: [key.publicKey], certificates: [authority.rootPem] };
    expect(await verifyBundle(file, options)).toMatchObject({ faultCount: 0, timestamps: 1 });
    const strange = await verifyBundle(file, { ...options, certificates: [makeAuthority().rootPem] });
    expect(strange.faults).toMatchObject([{ kind: "timestamp_wrong" }]);
    web.close();
  });
});
