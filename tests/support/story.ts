import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { test as base, expect, inject } from "vitest";
import { launchBrowser } from "./browser.ts";
import { ended } from "./ended.ts";

export const desktop = { viewport: { width: 1440, height: 900 }, locale: "en-GB" } as const satisfies BrowserContextOptions;
export const phone = { viewport: { width: 390, height: 844 }, locale: "ar-SA", hasTouch: true } as const satisfies BrowserContextOptions;

const PASSWORD = "vinculo-demo";
/** Generous: the machine may be doing everything else at the same time. */
const WAIT_MS = 30_000;

export interface Visit {
  readonly page: Page;
  /** Answers this story asks for on purpose, as "404 /api/customers/…": the browser reports each on its console. */
  readonly expected: RegExp[];
}

/**
 * Opens a browser of one's own on a screen; with a login, already signed in and on the page of `path`, else on none. Closed after the test, when nothing may
 * have gone wrong in it.
 */
export type Visiting = (screen: BrowserContextOptions, login?: string, path?: string) => Promise<Visit>;

/** Rows of the product's database, past row-level security: to choose whom a story is about and to check what it shows. */
export type Ask = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Whom or what a story is about: a story about nobody says so, and does not open the page of nobody. */
export function theFirst<Row>(rows: readonly Row[]): Row {
  const [first] = rows;
  if (first === undefined) throw new Error("the demo bank has nobody this story could be about");
  return first;
}

/** A story in a real browser through the real product. */
export const story = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of the fixtures it must make from this pattern.
  .extend("browser", { scope: "worker" }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => ended("the browser", browser.close()));
    return browser;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend("ask", { scope: "file" }, async ({}, { onCleanup }): Promise<Ask> => {
    const pool = new pg.Pool({ connectionString: inject("product").adminUrl, max: 2 });
    pool.on("error", () => undefined); // the product drops its database when the run ends
    onCleanup(() => ended("asking the database", pool.end()));
    return async <Row>(text: string, values: readonly unknown[] = []) => (await pool.query(text, [...values])).rows as Row[];
  })
  .extend("visit", async ({ browser, task }, { onCleanup }): Promise<Visiting> => {
    const closings: (() => Promise<void>)[] = [];
    const faults: string[] = [];
    onCleanup(async () => {
      for (const close of closings) await close();
      expect(faults).toEqual([]);
    });
    return async (screen, login, path = "/") => {
      const context = await browser.newContext({ ...screen, baseURL: inject("product").address, acceptDownloads: true });
      context.setDefaultTimeout(WAIT_MS);
      const page = await context.newPage();
      const expected = [/^401 \/api\/session$/]; // how the page learns that nobody is signed in
      watch(page, faults, expected);
      closings.push(async () => {
        if (task.result?.state === "fail") await page.screenshot({ path: pictureOf(task.name, closings.length) }).catch(() => undefined);
        await ended("the page", context.close());
      });
      if (login !== undefined) {
        await context.addCookies([await sessionOf(login)]);
        await page.goto(path);
        await seen(page.locator("main h1"));
      }
      return { page, expected };
    };
  });

/** Where the last sight of a failed story lies. */
const pictureOf = (name: string, visit: number): string =>
  join(tmpdir(), `journey ${name.replaceAll(/[^\p{L}\p{N}]+/gu, " ").slice(0, 80)} ${visit}.png`);

/** Whatever the browser complains of: a refused script or style, an error of the page, an answer nobody asked for. */
function watch(page: Page, faults: string[], expected: readonly RegExp[]): void {
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const status = /status of (\d{3})/.exec(message.text())?.[1];
    const url = message.location().url;
    if (status === undefined) faults.push(`console: ${message.text()}`);
    else if (!expected.some((one) => one.test(`${status} ${new URL(url).pathname}`))) faults.push(`${status} ${url}`);
  });
}

/** What the form gets for login and password; the form itself is told of in the story of the relationship manager. */
async function sessionOf(login: string) {
  const { address } = inject("product");
  const answer = await fetch(new URL("/api/session", address), {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const [name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.slice(1) ?? [];
  if (name === undefined || value === undefined) throw new Error(`${login} cannot sign in: ${answer.status} ${await answer.text()}`);
  return { name, value, url: address.replace(/^http:/, "https:"), secure: true, httpOnly: true, sameSite: "Lax" as const };
}

/** How often a page is asked: Playwright's own waiting looks again after half a second, which a journey of many small steps pays at each of them. */
const LOOK_AGAIN_MS = 25;

/** Waits until it is on the page for everyone to see. */
export const seen = (locator: Locator): Promise<void> =>
  expect
    .poll(() => locator.first().isVisible(), { timeout: WAIT_MS, interval: LOOK_AGAIN_MS, message: `sees ${locator}` })
    .toBe(true) as Promise<void>;

export const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? "";

/** Waits until there is none of it. */
export const gone = (locator: Locator): Promise<void> =>
  expect.poll(() => locator.count(), { timeout: WAIT_MS, interval: LOOK_AGAIN_MS }).toBe(0) as Promise<void>;

/** Waits until reading the page gives this. */
export const becomes = <T>(read: () => Promise<T>, value: T): Promise<void> =>
  expect.poll(read, { timeout: WAIT_MS }).toEqual(value) as Promise<void>;

/** What the product says in a language: `wordsOf("ar")("app:areas.customers")`. */
export function wordsOf(locale: "en" | "ar" | "fa" | "zh" | "es"): (key: string) => string {
  return (key) => {
    const [area = "", path = ""] = key.split(":");
    const file = join(import.meta.dirname, "../../web", area, "locales", `${locale}.json`);
    let found: unknown = JSON.parse(readFileSync(file, "utf8"));
    for (const step of path.split(".")) found = (found as Record<string, unknown> | undefined)?.[step];
    if (typeof found !== "string") throw new Error(`${file} has no message ${path}`);
    return found;
  };
}

let colleagues = 0;

interface Likeness {
  readonly locale: string;
  readonly calendar?: string;
}

/** A colleague with the roles and portfolios' reach of somebody of the demo bank, in another language; so that stories do not change each other's people. */
export async function colleagueLike(ask: Ask, login: string, { locale, calendar = "gregory" }: Likeness): Promise<string> {
  colleagues += 1;
  const own = `${login}.${locale}.${process.pid}.${colleagues}`;
  await ask(
    `with made as (
       insert into governance.app_user (login, display_name, home_unit_id, locale, calendar)
       select $2, display_name, home_unit_id, $3, $4 from governance.app_user where login = $1 returning user_id
     ), credential as (
       insert into governance.credential (user_id, password_hash)
       select made.user_id, c.password_hash from made, governance.credential c join governance.app_user u using (user_id) where u.login = $1
     )
     insert into governance.role_assignment (user_id, role_id, unit_id)
     select made.user_id, a.role_id, a.unit_id from made, governance.role_assignment a join governance.app_user u using (user_id) where u.login = $1`,
    [login, own, locale, calendar],
  );
  return own;
}
