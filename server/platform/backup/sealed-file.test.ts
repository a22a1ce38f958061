import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readSealed, SealBroken, SealedWriter } from "./sealed-file.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-sealed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = randomBytes(32);

async function sealed(chunks: readonly Buffer[], ended = true): Promise<string> {
  const path = join(folder, randomBytes(8).toString("hex"));
  const writer = await SealedWriter.create(path, key, "one");
  for (const chunk of chunks) await writer.write(chunk);
  await (ended ? writer.end() : writer.abandon());
  return path;
}

async function opened(path: string, { with: secret = key, label = "one", openEnded = false } = {}): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(readSealed(path, secret, label, openEnded)));
}

test("what was sealed opens as it was, frames larger than one among it, and nothing of it can be read in the file", async () => {
  const chunks = [Buffer.from("the bank's secret"), randomBytes(3_000_000), Buffer.alloc(0), Buffer.alloc(2_000_000)];
  const path = await sealed(chunks);
  expect((await opened(path)).equals(Buffer.concat(chunks))).toBe(true);
  expect(readFileSync(path).includes("the bank's secret")).toBe(false);
});

test("it opens with its own key and label only", async () => {
  const path = await sealed([Buffer.from("x")]);
  await expect(opened(path, { with: randomBytes(32) })).rejects.toThrow(SealBroken);
  await expect(opened(path, { label: "two" })).rejects.toThrow(SealBroken);
});

test("F23: any changed byte, and any cut, is seen, wherever it is", async () => {
  const path = await sealed([randomBytes(500), randomBytes(20)]);
  const bytes = readFileSync(path);
  const copy = join(folder, "copy");
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, change, cut) => {
      copyFileSync(path, copy);
      if (cut) truncateSync(copy, at);
      else writeFileSync(copy, Buffer.concat([bytes.subarray(0, at), Buffer.from([(bytes[at] ?? 0) ^ change]), bytes.subarray(at + 1)]));
      await expect(opened(copy)).rejects.toThrow();
    }),
    { numRuns: 150 },
  );
});

test("a file that was not ended goes on behind its last whole frame, and is then as if it had never broken off", async () => {
  const [first, second, third] = [randomBytes(1_000), randomBytes(1_000), randomBytes(700)];
  const path = await sealed([first, second], false);
  await expect(opened(path)).rejects.toThrow("its end is missing");
  truncateSync(path, readFileSync(path).length - 5); // killed in the middle of the second frame
  expect((await opened(path, { openEnded: true })).equals(first)).toBe(true);
  const resumed = await SealedWriter.resume(path, key, "one");
  expect(resumed?.plainBytes).toBe(first.length);
  await resumed?.writer.write(third);
  await resumed?.writer.end();
  expect((await opened(path)).equals(Buffer.concat([first, third]))).toBe(true);
});
