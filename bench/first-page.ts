import type { Browser, BrowserContext, CDPSession } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import { percentile, startBank } from "./client.ts";
import { filledHome } from "./home.ts";
import { printRows } from "./table.ts";

const TURNS = 5;
const WAIT_MS = 60_000;
const SLOWER_PROCESSOR = 4;
/** As WebPageTest and Lighthouse throttle: the bits a second that come in, and milliseconds of a round trip. */
const networks = [
  { name: "4G", bits: 9_000_000, roundTripMs: 170 },
  { name: "slow 4G", bits: 1_638_400, roundTripMs: 150 },
] as const;
type Network = (typeof networks)[number];

interface Loaded {
  readonly usableMs: number;
  readonly bytes: number;
  readonly scriptBytes: number;
}

/**
 * A phone that was never here before, its processor four times slower than this machine: from the address to a sign-in form that takes letters, and with a
 * session to the first figures of the home page. The floor is what its network alone needs: two round trips and the bytes.
 */
export async function benchFirstPage(home: string, customers: number): Promise<void> {
  await filledHome(home, customers);
  const bank = await startBank(home);
  const browser = await launchBrowser();
  try {
    const [name = "", value = ""] = (await bank.signIn("manager.riyadh")).split("=");
    const session = { name, value, url: bank.origin.replace(/^http:/, "https:"), secure: true, httpOnly: true, sameSite: "Lax" as const };
    const pages = [
      { page: "sign-in", usable: "input[name=login]", cookies: [] },
      { page: "home", usable: "main h1 >> visible=true", cookies: [session] },
    ];
    const rows: Record<string, string>[] = [];
    for (const network of networks)
      for (const { page, usable, cookies } of pages) {
        const loads: Loaded[] = [];
        for (let turn = 0; turn < TURNS; turn += 1)
          loads.push(
            await inContext(browser, async (context) => {
              await context.addCookies(cookies);
              return load(context, network, bank.origin, usable);
            }),
          );
        rows.push(lineOf(page, network, loads));
      }
    printRows(rows);
  } finally {
    await browser.close();
    await bank.close();
  }
}

async function inContext<Result>(browser: Browser, work: (context: BrowserContext) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "ar-SA", hasTouch: true });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function load(context: BrowserContext, network: Network, origin: string, usable: string): Promise<Loaded> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const told = await throttle(devtools, network);
  const startedMs = performance.now();
  await page.goto(origin, { waitUntil: "commit", timeout: WAIT_MS });
  await page.locator(usable).first().waitFor({ timeout: WAIT_MS });
  const usableMs = performance.now() - startedMs;
  return { usableMs, ...told };
}

/** Counts what comes in until the page is usable. */
async function throttle(devtools: CDPSession, { bits, roundTripMs }: Network): Promise<{ bytes: number; scriptBytes: number }> {
  const told = { bytes: 0, scriptBytes: 0 };
  const scripts = new Set<string>();
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    told.bytes += encodedDataLength;
    if (scripts.has(requestId)) told.scriptBytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTripMs,
    downloadThroughput: bits / 8,
    uploadThroughput: bits / 8,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_PROCESSOR });
  return told;
}

function lineOf(page: string, { name, bits, roundTripMs }: Network, loads: readonly Loaded[]): Record<string, string> {
  const times = loads.map(({ usableMs }) => usableMs).toSorted((a, b) => a - b);
  const bytes = Math.max(...loads.map((one) => one.bytes));
  const floorMs = 2 * roundTripMs + (bytes * 8_000) / bits;
  const p50 = percentile(times, 0.5);
  return {
    page,
    network: name,
    "p50 ms": p50.toFixed(0),
    "slowest ms": percentile(times, 1).toFixed(0),
    KiB: (bytes / 1024).toFixed(0),
    "of it script": (Math.max(...loads.map(({ scriptBytes }) => scriptBytes)) / 1024).toFixed(0),
    "floor ms": floorMs.toFixed(0),
    ratio: (p50 / floorMs).toFixed(1),
    goal: `< 2000 ms: ${p50 < 2_000 ? "met" : "missed"}`,
  };
}
