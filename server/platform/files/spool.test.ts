import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test as base, expect } from "vitest";
import { cleanUploads, readUpload, removeUpload, spoolUpload } from "./index.ts";

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of the fixtures it must make from this pattern.
const test = base.extend("folder", async ({}, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), "vinculo-uploads-"));
  onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
});
const options = (folder: string) => ({ folder, bytesMax: 1_000_000, reserveBytes: 0 });
const chunks = (...parts: (string | Buffer)[]) => Readable.from(parts.map((part) => Buffer.from(part)));

test("AC-54: an upload lies on disk as it was sent, with its hash and length, readable by this account only", async ({ folder }) => {
  const file = await spoolUpload(chunks("account;amount\n", "1;2\n"), null, options(folder));
  expect(readFileSync(file.path, "utf8")).toBe("account;amount\n1;2\n");
  expect(file).toMatchObject({ bytes: 19, sha256: createHash("sha256").update("account;amount\n1;2\n").digest("hex") });
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([file.uploadId]);
  const { stream, bytes } = await readUpload(folder, file.uploadId);
  expect([(await stream.toArray()).join(""), bytes]).toEqual(["account;amount\n1;2\n", 19]);
});

test.for([
  ["is larger than allowed", () => chunks(Buffer.alloc(600_000), Buffer.alloc(600_000)), null, "too_large"],
  ["says that it is larger than allowed", () => chunks("a"), 1_000_001, "too_large"],
  ["is empty", () => chunks(), null, "invalid_input"],
  [
    "breaks off",
    () =>
      Readable.from(
        (async function* () {
          yield Buffer.from("half");
          throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
        })(),
      ),
    null,
    "invalid_input",
  ],
] as const)("an upload that %s is refused and leaves nothing behind", async ([, stream, announced, code], { folder }) => {
  await expect(spoolUpload(stream(), announced, options(folder))).rejects.toMatchObject({ code });
  expect(readdirSync(folder)).toEqual([]);
});

test("without room on the disk the upload is refused before a byte is written", async ({ folder }) => {
  const full = { ...options(folder), reserveBytes: Number.MAX_SAFE_INTEGER };
  await expect(spoolUpload(chunks("a"), 1, full)).rejects.toMatchObject({ code: "read_only" });
  expect(readdirSync(folder)).toEqual([]);
});

test.for(["../../etc/passwd", "..", "", "0190a000-0000-7000-8000-000000000001.part", "0190a000-0000-7000-8000-000000000001/../x"])(
  "no path is made from what is not an upload id: %s",
  async (id, { folder }) => {
    await expect(readUpload(folder, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeUpload(folder, id)).rejects.toMatchObject({ code: "not_found" });
  },
);

test("cleaning takes old uploads and old parts, and leaves the new, the needed and what is no upload", async ({ folder }) => {
  const [old, needed, fresh] = [
    await spoolUpload(chunks("1"), null, options(folder)),
    await spoolUpload(chunks("2"), null, options(folder)),
    await spoolUpload(chunks("3"), null, options(folder)),
  ];
  const part = "0190a000-0000-7000-8000-000000000001.part";
  writeFileSync(join(folder, part), "half");
  writeFileSync(join(folder, "README"), "not ours");
  const longAgo = new Date("2020-01-01T00:00:00Z");
  for (const name of [old.uploadId, needed.uploadId, part, "README"]) utimesSync(join(folder, name), longAgo, longAgo);
  expect(await cleanUploads(folder, new Date("2021-01-01T00:00:00Z"), new Set([needed.uploadId]))).toBe(2);
  expect(readdirSync(folder).sort()).toEqual([needed.uploadId, fresh.uploadId, "README"].sort());
  expect(await cleanUploads(join(folder, "never made"), new Date())).toBe(0);
});
