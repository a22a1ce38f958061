import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { test as base } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { startTestServer } from "../../../tests/support/server.ts";
import { cookieWillBeRefused } from "./index.ts";
import { isCanonicalPath } from "./security.ts";

const script = "export const words = 'a script';".repeat(50);
const test = base.extend("app", { scope: "file" }, async ({ db }, { onCleanup }) => {
  const webRoot = mkdtempSync(join(tmpdir(), "vinculo-web-"));
  mkdirSync(join(webRoot, "assets"));
  writeFileSync(join(webRoot, "index.html"), "<!doctype html><html><head><title>Vinculo</title></head><body></body></html>");
  writeFileSync(join(webRoot, "assets", "main-Ab3dEf9h.js"), script);
  writeFileSync(join(webRoot, "assets", "main-Ab3dEf9h.js.map"), "{}");
  writeFileSync(join(webRoot, ".env"), "SECRET=1");
  const app = await startTestServer({ db, routes: [], parts: { webRoot }, settings: { metricsToken: "metrics-token" } });
  onCleanup(async () => {
    await ended("the server", app.server.close());
    rmSync(webRoot, { recursive: true, force: true });
  });
  return app;
});

test("AC-43 AC-63: a page has a strict policy with a nonce of its own, which is in the page for its styles and in no script", async ({
  app,
}) => {
  const [first, second] = [await app.send(null, { url: "/" }), await app.send(null, { url: "/customers/7?tab=cards" })];
  const policy = String(first.headers["content-security-policy"]);
  const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1];
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(first.body).toContain(`<meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`);
  expect(second.statusCode).toBe(200);
  expect(second.headers["content-security-policy"]).not.toBe(policy);
  expect(second.headers["cache-control"]).toBe("no-store");
});

test.for([
  ["br", brotliDecompressSync],
  ["gzip", gunzipSync],
] as const)("a hashed asset is kept by browsers for ever and sent compressed with %s", async ([encoding, decompress], { app }) => {
  const answer = await app.send(null, { url: "/assets/main-Ab3dEf9h.js", headers: { "accept-encoding": encoding } });
  expect(answer.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "content-encoding": encoding,
    vary: "Accept-Encoding",
  });
  expect(decompress(answer.rawPayload).toString()).toBe(script);
  expect(answer.rawPayload.length).toBeLessThan(script.length);
});

test("an asset the browser has is not sent again, and one it cannot decompress is sent plain", async ({ app }) => {
  const plain = await app.send(null, { url: "/assets/main-Ab3dEf9h.js", headers: { "accept-encoding": "br;q=0" } });
  expect(plain.body).toBe(script);
  const again = await app.send(null, { url: "/assets/main-Ab3dEf9h.js", headers: { "if-none-match": plain.headers.etag } });
  expect(again.statusCode).toBe(304);
});

test.for(["/", "/customers/7", "/assets/main-Ab3dEf9h.js"])("HEAD %s is answered as GET is, without a body", async (url, { app }) => {
  const [asked, got] = [await app.send(null, { method: "HEAD", url }), await app.send(null, { url })];
  expect(asked.statusCode).toBe(200);
  expect(asked.body).toBe("");
  for (const name of ["content-type", "content-length", "cache-control", "etag", "x-frame-options"])
    expect(asked.headers[name], name).toBe(got.headers[name]);
  expect((await app.send(null, { method: "HEAD", url: "/api/nothing" })).statusCode).toBe(404);
});

test.for([
  "/.env",
  "/assets/main-Ab3dEf9h.js.map",
  "/assets/missing.js",
  "/assets/%2e%2e/.env",
  "/api",
  "/api/nothing",
  "/index.html",
  "/.git/config",
])("AC-62: %s is not served", async (url, { app }) => {
  const answer = await app.send(null, { url });
  expect(answer.statusCode).toBe(404);
  expect(answer.body).not.toContain("SECRET");
});

test("metrics are for the bearer of the token only, and count requests by endpoint", async ({ app }) => {
  expect((await app.send(null, { url: "/metrics" })).statusCode).toBe(404);
  expect((await app.send(null, { url: "/metrics", headers: { authorization: "Bearer guess" } })).statusCode).toBe(404);
  const answer = await app.send(null, { url: "/metrics", headers: { authorization: "Bearer metrics-token" } });
  expect(answer.body).toContain("vinculo_http_request_seconds_count");
});

test("readiness follows the database and the installation", async ({ db }) => {
  const broken = { ...db, app: null as never, pools: null as never };
  const ready = async (parts: { db: typeof db; isReady?: () => boolean }) => {
    const app = await startTestServer({ db: parts.db, routes: [], parts });
    const { statusCode } = await app.send(null, { url: "/health/ready" });
    await app.server.close();
    return statusCode;
  };
  expect(await ready({ db })).toBe(200);
  expect(await ready({ db: broken })).toBe(503);
  expect(await ready({ db, isReady: () => false })).toBe(503);
});

test.for([
  ["/api/customers/0190a000-0000-7000-8000-000000000001", true],
  ["/assets/main-Ab3dEf9h.js", true],
  ["/suche/M%C3%BCller%20AG", true],
  ["//api", false],
  ["/api/./notes", false],
  ["/api/../notes", false],
  ["/api/notes.", false],
  ["/api/n%6Ftes", false],
  ["/api%2Fnotes", false],
  ["/api\\notes", false],
  ["/api/a%00b", false],
  ["/api/%zz", false],
] as const)("the path %s is canonical: %s", ([path, canonical]) => {
  expect(isCanonicalPath(path)).toBe(canonical);
});

test.for([
  ["http://localhost:3000", false],
  ["https://crm.bank.example", false],
  ["http://127.0.0.1:3000", false],
  ["http://crm.branch:3000", true],
] as const)("the cookie at %s will be refused by browsers: %s", ([url, refused]) => {
  expect(cookieWillBeRefused(new URL(url))).toBe(refused);
});
