import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { test as base } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { readUpload, spoolUpload } from "../files/index.ts";
import { endpoint } from "./contract.ts";
import { streamingRoute } from "./index.ts";

const tag = "test";
const send = endpoint({
  name: "send_file",
  method: "POST",
  path: "/api/files",
  summary: "",
  access: "file:send",
  query: z.object({ name: z.string() }),
  bodyKind: "upload",
  answer: z.object({ uploadId: z.string(), bytes: z.number() }),
  tag,
});
const fetchFile = endpoint({
  name: "fetch_file",
  method: "GET",
  path: "/api/files/:uploadId",
  summary: "",
  access: "signed_in",
  params: z.object({ uploadId: z.string() }),
  answerKind: "file",
  tag,
});
const MEBIBYTE = 1024 ** 2;

const test = base.extend("app", { scope: "file" }, async ({ db }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), "vinculo-http-uploads-"));
  const routes = [
    streamingRoute(send, async ({ upload }) => {
      const { uploadId, bytes } = await spoolUpload(upload.stream, upload.announcedBytes, {
        folder,
        bytesMax: 4 * MEBIBYTE,
        reserveBytes: 0,
      });
      return { uploadId, bytes };
    }),
    streamingRoute(fetchFile, async ({ params }) => {
      const { stream } = await readUpload(folder, params.uploadId);
      return { stream, fileName: 'نامه "1".csv', contentType: "text/csv" };
    }),
  ];
  const callers = { sender: callerWith(["file:send"]), reader: callerWith() };
  const app = await startTestServer({ db, routes, callers, settings: { uploadBytesMax: 4 * MEBIBYTE } });
  onCleanup(async () => {
    await ended("the server", app.server.close());
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...app, folder };
});
const file = (payload: Buffer, type = "application/octet-stream") =>
  ({ method: "POST", url: "/api/files?name=a.csv", payload, headers: { "content-type": type } }) as const;

test("AC-53: an upload larger than any JSON body is taken as it comes, and offered as a download only", async ({ app }) => {
  const bytes = Buffer.alloc(3 * MEBIBYTE, "ab");
  const answer = await app.send("sender", file(bytes));
  expect(answer.json()).toMatchObject({ bytes: bytes.length });
  const { uploadId } = answer.json<{ uploadId: string }>();
  expect(readFileSync(join(app.folder, uploadId)).equals(bytes)).toBe(true);
  const download = await app.send("reader", { url: `/api/files/${uploadId}` });
  expect(download.rawPayload.equals(bytes)).toBe(true);
  expect(download.headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
  expect(download.headers["content-security-policy"]).toContain("sandbox");
  expect(download.headers["content-disposition"]).toBe(
    `attachment; filename="____ _1_.csv"; filename*=UTF-8''${encodeURIComponent('نامه "1".csv')}`,
  );
});

test.for([
  ["too large", "sender", Buffer.alloc(5 * MEBIBYTE), "application/octet-stream", 413],
  ["without the right", "reader", Buffer.from("a"), "application/octet-stream", 403],
  ["by nobody", null, Buffer.from("a"), "application/octet-stream", 401],
  ["as a form", "sender", Buffer.from("a"), "multipart/form-data; boundary=x", 403],
  ["as JSON", "sender", Buffer.from("{}"), "application/json", 403],
] as const)("an upload %s is refused and leaves no file", async ([, token, bytes, type, status], { app }) => {
  const before = readdirSync(app.folder);
  expect((await app.send(token, file(bytes, type))).statusCode).toBe(status);
  expect(readdirSync(app.folder)).toEqual(before);
});

test.for(["..%2f..%2fetc%2fpasswd", "0190a000-0000-7000-8000-000000000001"])("a download of %s is not found", async (id, { app }) => {
  expect((await app.send("reader", { url: `/api/files/${id}` })).statusCode).toBe(404);
});
