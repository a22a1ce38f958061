import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors/index.ts";
import { pagePolicy } from "./security.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".woff2": "font/woff2",
};
const compressible = new Set([".css", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".webmanifest"]);
/** A name with a content hash, as the web build writes them: its bytes never change. */
const hashedName = /-[\w-]{8,}\.[a-z0-9]+$/;
/** Decent and quick; each file is compressed once per start, when it is first asked for. */
const BROTLI_QUALITY = 9;
const FILES_MAX = 5_000;

/** Monitors and link checkers ask with HEAD: answered as GET, without the body (RFC 9110, 9.3.2). */
const withHead = { exposeHeadRoute: true };

interface Asset {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly compressed: Map<string, Promise<Buffer>> | null;
}

/**
 * Serves the built web application from memory: only files that were there at the start, looked up by their exact path, so that no
 * spelling of a path leads anywhere else. Every other page address gets index.html (the router in the browser decides), never /api.
 */
export async function serveAssets(server: FastifyInstance, webRoot: string): Promise<void> {
  const assets = await readAssets(webRoot);
  const index = assets.get("/index.html")?.bytes.toString("utf8");
  if (index === undefined) throw new Error(`${webRoot} holds no index.html: run the web build first`);
  for (const [path, asset] of assets) {
    if (path === "/index.html") continue;
    server.get(path, withHead, (request, reply) => sendAsset(request, reply, asset));
  }
  server.get("/", withHead, (_request, reply) => sendPage(reply, index));
  server.get("/*", withHead, (request, reply) => {
    if (!isPageAddress(request.url.split("?")[0] ?? "")) throw new DomainError("not_found", "neither a file nor a page");
    return sendPage(reply, index);
  });
}

/** A missing file is missing, and an unknown endpoint unknown: only what can be a page gets the application. */
function isPageAddress(path: string): boolean {
  if (/^\/(?:api|health|metrics|assets)(?:\/|$)/.test(path)) return false;
  return !path.split("/").some((segment) => segment.startsWith(".")) && extname(path) === "";
}

async function readAssets(webRoot: string): Promise<Map<string, Asset>> {
  const entries = await readdir(webRoot, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && contentTypes[extname(entry.name)] !== undefined);
  if (files.length > FILES_MAX) throw new Error(`${webRoot} holds more than ${FILES_MAX} files`);
  const assets = new Map<string, Asset>();
  for (const file of files) {
    const full = join(file.parentPath, file.name);
    const bytes = await readFile(full);
    const extension = extname(file.name);
    assets.set(`/${relative(webRoot, full).split(sep).join("/")}`, {
      bytes,
      contentType: contentTypes[extension] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      immutable: hashedName.test(file.name),
      compressed: compressible.has(extension) ? new Map() : null,
    });
  }
  return assets;
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): Promise<FastifyReply> {
  reply.header("Content-Type", asset.contentType).header("ETag", asset.etag).header("Vary", "Accept-Encoding");
  reply.header("Cache-Control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.headers["if-none-match"] === asset.etag) return reply.code(304).send();
  const encoding = asset.compressed === null ? null : chooseEncoding(request.headers["accept-encoding"]);
  if (encoding === null || asset.compressed === null) return reply.send(asset.bytes);
  const ready = asset.compressed.get(encoding) ?? compress(asset.bytes, encoding);
  asset.compressed.set(encoding, ready);
  return reply.header("Content-Encoding", encoding).send(await ready);
}

function chooseEncoding(accepted: string | string[] | undefined): "br" | "gzip" | null {
  const offers = String(accepted ?? "")
    .split(",")
    .map((offer) => offer.trim().split(";"));
  const takes = (name: string) => offers.some(([offer, q]) => offer === name && !/^\s*q=0(?:\.0*)?$/.test(q ?? ""));
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : null;
}

async function compress(bytes: Buffer, encoding: "br" | "gzip"): Promise<Buffer> {
  if (encoding === "gzip") return await promisify(gzip)(bytes, { level: 9 });
  return await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}

/** The nonce goes into a meta element, where the style code of the page reads it; never into a script. */
async function sendPage(reply: FastifyReply, index: string): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString("base64url");
  const page = index.replace("<head>", `<head><meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`);
  reply.header("Content-Type", "text/html; charset=utf-8").header("Content-Security-Policy", pagePolicy(nonce));
  return reply.send(page);
}
