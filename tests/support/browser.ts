import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "./chromium.ts";

const BrowserLimits = { launchMs: 60_000 } as const;

// Playwright adds the usual headless switches (no first run, no sync, no component update); these are what a container and a test need on top.
const switches = [
  "--no-sandbox", // root in a container has no user namespace to give away
  "--disable-setuid-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-dev-shm-usage", // /dev/shm is 64 MB in most containers
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

/** A real, headless Chromium. The caller closes it. Fails loudly, with what is missing, where none can start. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  try {
    return await chromium.launch({
      executablePath,
      args: switches,
      env: { ...process.env, ...env },
      timeout: BrowserLimits.launchMs,
    });
  } catch (cause) {
    throw new Error(`The browser ${executablePath} does not start; browser journeys cannot run.`, { cause });
  }
}

export interface AccessibilityFault {
  readonly rule: string;
  readonly impact: "serious" | "critical";
  readonly help: string;
  /** One CSS selector per place, at most ten. */
  readonly where: readonly string[];
}

// axe takes a word whose letters join for an icon font's ligature and then checks no contrast: all of Arabic and Persian would go unread.
// It tells by width, so while it runs every text is as wide as its letters. The product draws icons as SVG, never as ligatures.
const runWithoutLigatureGuess = (options: string) => `(async () => {
  const canvas = CanvasRenderingContext2D.prototype;
  const measureText = canvas.measureText;
  canvas.measureText = (text) => ({ width: 30 * text.length });
  try {
    return await axe.run(document, ${options});
  } finally {
    canvas.measureText = measureText;
  }
})()`;

/** What axe finds serious or critical on the page as it stands, by WCAG 2.2 A and AA. Empty when all is well. */
export async function accessibilityFaults(page: Page): Promise<AccessibilityFault[]> {
  // evaluate, not a script tag: the product's content security policy refuses injected scripts, and shall go on doing so.
  await page.evaluate(axe.source);
  const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] };
  const results = await page.evaluate<axe.AxeResults>(runWithoutLigatureGuess(JSON.stringify(options)));
  return results.violations.flatMap(({ id, impact, help, nodes }) =>
    impact === "serious" || impact === "critical"
      ? [{ rule: id, impact, help, where: nodes.slice(0, 10).map((node) => node.target.join(" ")) }]
      : [],
  );
}
