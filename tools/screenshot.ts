import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";

// For looking at the product by hand.
const usage = `node tools/screenshot.ts URL OUT.png [options]
  --width 1280  --height 800   of the window, in CSS pixels; --full takes the whole page
  --locale ar                  the browser's language        --dark  prefers the dark look
  --login USER [--password P]  signs in first (default password: that of the demo bank)
  --click SELECTOR             after the page is quiet; may be given several times
  --type SELECTOR=TEXT         fills a field, after the clicks; may be given several times
  --press KEY                  a key or chord such as Control+K, after that; may be given several times
  --wait SELECTOR              waits until it is seen, before the picture`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "800" },
    full: { type: "boolean", default: false },
    locale: { type: "string", default: "en" },
    dark: { type: "boolean", default: false },
    login: { type: "string" },
    password: { type: "string", default: "vinculo-demo" },
    click: { type: "string", multiple: true, default: [] },
    type: { type: "string", multiple: true, default: [] },
    press: { type: "string", multiple: true, default: [] },
    wait: { type: "string" },
  },
});

const limits = { actionMs: 15_000, quietMs: 2_500 } as const;

/** Live pages keep a stream open, so "no request for half a second" is waited for but not insisted on. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: limits.quietMs }).catch(() => undefined);
  await page.evaluate("document.fonts.ready");
}

async function signIn(page: Page, url: string, login: string): Promise<void> {
  await page.goto(new URL("/", url).href);
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", values.password);
  await page.press("input[name=password]", "Enter");
  await page.waitForSelector("input[name=password]", { state: "detached" });
  await settle(page);
}

async function act(page: Page): Promise<void> {
  for (const selector of values.click) {
    await page.click(selector);
    await settle(page);
  }
  for (const field of values.type) {
    const cut = field.lastIndexOf("=");
    await page.fill(field.slice(0, cut), field.slice(cut + 1));
    await settle(page);
  }
  for (const key of values.press) {
    await page.keyboard.press(key);
    await settle(page);
  }
  if (values.wait !== undefined) await page.waitForSelector(values.wait);
}

async function takePicture(url: string, path: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const width = Number(values.width);
    const context = await browser.newContext({
      viewport: { width, height: Number(values.height) },
      locale: values.locale,
      colorScheme: values.dark ? "dark" : "light",
      hasTouch: width < 600,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(limits.actionMs);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") console.log(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => console.log(`page error: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) console.log(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
    try {
      if (values.login !== undefined) await signIn(page, url, values.login);
      await page.goto(url);
      await settle(page);
      await act(page);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1; // and still take the picture: it shows what was there instead
    }
    await page.screenshot({ path, fullPage: values.full });
    console.log(`${path}: ${await page.title()} at ${page.url()}`);
  } finally {
    await browser.close();
  }
}

const [url, path] = positionals;
if (url === undefined || path === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  await takePicture(url, path);
}
