import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { spoolUpload } from "./spool.ts";
import { openVirusScanner } from "./virus-scanner.ts";

// The test file of the European Institute for Computer Antivirus Research, in two parts so that no scanner takes this one for it.
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const folder = mkdtempSync(join(tmpdir(), "vinculo-scan-"));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A daemon that speaks INSTREAM as clamd does, and what it heard. */
async function startDaemon(answer: (file: Buffer) => string | null): Promise<{ path: string }> {
  const path = join(folder, `clamd-${servers.length}.sock`);
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const file = streamedIn(heard);
      if (file === null) return;
      const said = answer(file);
      if (said === null) socket.destroy();
      else socket.end(`${said}\0`);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { path };
}

function streamedIn(heard: Buffer): Buffer | null {
  const command = "zINSTREAM\0";
  if (heard.length < command.length || heard.subarray(0, command.length).toString() !== command) return null;
  const parts: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    if (at + 4 + length > heard.length) return null;
    parts.push(heard.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

const uploads = join(folder, "uploads");
const keep = (text: Buffer | string, address: { path: string }) =>
  spoolUpload(Readable.from([text]), null, { folder: uploads, bytesMax: 10_000_000, reserveBytes: 0, inspect: openVirusScanner(address) });

describe("an upload and the virus scanner", () => {
  test("every byte of it is looked at before it is kept", async () => {
    let seen: Buffer = Buffer.alloc(0);
    const daemon = await startDaemon((file) => {
      seen = file;
      return "stream: OK";
    });
    const large = Buffer.alloc(1_000_003, "x");
    const { bytes } = await keep(large, daemon);
    expect([bytes, seen.equals(large)]).toEqual([1_000_003, true]);
  });

  test.each<[string, (file: Buffer) => string | null, string]>([
    ["is infected", (file) => (file.includes("EICAR") ? "stream: Eicar-Test-Signature FOUND" : "stream: OK"), "infected_file"],
    ["is more than the scanner looks at", () => "INSTREAM size limit exceeded. ERROR", "unavailable"],
    ["meets a scanner that hangs up", () => null, "unavailable"],
    ["meets a scanner that talks nonsense", () => "250 OK", "unavailable"],
  ])("one that %s is not kept, and nothing is left of it", async (_, answer, code) => {
    const before = readdirSync(uploads);
    await expect(keep(eicar, await startDaemon(answer))).rejects.toMatchObject({ code });
    expect(readdirSync(uploads)).toEqual(before);
  });

  test("no scanner where one is set is no way around it", async () => {
    writeFileSync(join(folder, "no.sock"), "");
    await expect(keep("harmless", { path: join(folder, "missing.sock") })).rejects.toMatchObject({
      code: "unavailable",
      detail: { reason: "virus_scanner" },
    });
  });
});
