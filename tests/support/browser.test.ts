import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityFaults, launchBrowser } from "./browser.ts";

const fonts = join(import.meta.dirname, "../../node_modules/@fontsource-variable");
const html = `<!doctype html><html lang="en"><head><title>Fonts</title>
<link rel="stylesheet" href="/inter/index.css"><link rel="stylesheet" href="/vazirmatn/index.css"><link rel="stylesheet" href="/noto-sans-sc/index.css">
<style>body { font: 24px "Inter Variable", "Vazirmatn Variable", "Noto Sans SC Variable"; background: white }</style></head>
<body><main><h1>Vinculo</h1><p id="arabic" lang="ar" dir="rtl">مرحبا بكم في المصرف</p><p id="chinese" lang="zh">客户关系管理</p></main></body></html>`;

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/") {
      response.setHeader("content-security-policy", "default-src 'self'; style-src 'self' 'unsafe-inline'");
      response.setHeader("content-type", "text/html; charset=utf-8").end(html);
      return;
    }
    response.setHeader("content-type", path.endsWith(".css") ? "text/css" : "font/woff2");
    readFile(join(fonts, normalize(path))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate("document.fonts.ready");
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test("Latin, Arabic and Chinese text is drawn with the fonts that ship with the product", async () => {
  const loaded = await page.evaluate<string[]>(`[...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family)`);
  expect(new Set(loaded)).toEqual(new Set(["Inter Variable", "Vazirmatn Variable", "Noto Sans SC Variable"]));
});

test("a page without faults has none, and unreadably pale text is a fault in Arabic and in Chinese too", async () => {
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.addStyleTag({ content: "p { color: #ccc }" });
  const faults = await accessibilityFaults(page);
  expect(faults.map(({ rule }) => rule)).toEqual(["color-contrast"]);
  expect(faults[0]?.where).toEqual(["#arabic", "#chinese"]);
});
