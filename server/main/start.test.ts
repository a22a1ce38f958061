import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject } from "vitest";
import { test as base } from "../../tests/support/database.ts";

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of the fixtures it must make from this pattern.
  .extend("home", async ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), "vinculo-start-"));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend("takenPort", async ({}, { onCleanup }) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onCleanup(() => {
      other.close();
    });
    const address = other.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });

/** Resolves when the process has ended by itself. */
function ended(program: URL, given: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [fileURLToPath(program), ...given], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += bytes;
  });
  child.stderr.on("data", (bytes) => {
    said += bytes;
  });
  return new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

const sentence = (port: number) => `Port ${port} is taken by another program: stop it, or choose another port with PORT=3001 npm start.`;

test("a taken port is said in one sentence before a database is made, and the process ends", async ({ home, takenPort }) => {
  const { code, said } = await ended(new URL("./cli.ts", import.meta.url), ["start"], {
    PORT: String(takenPort),
    VINCULO_HOME: home,
    VINCULO_DEMO_CUSTOMERS: "5",
  });
  expect({ code, said: said.trim() }).toEqual({ code: 1, said: sentence(takenPort) });
  expect(existsSync(join(home, "postgres"))).toBe(false);
});

test("a port that is taken at the last moment leaves nothing running: the process ends without a complaint of the job queue", async ({
  home,
  takenPort,
  clone,
}) => {
  const template = inject("template");
  const login = (name: string, password: string) => Object.assign(new URL(clone.adminUrl), { username: name, password }).href;
  const logins = {
    app: login("vinculo_app", template.passwords.app),
    worker: login("vinculo_worker", template.passwords.worker),
    sealer: login("vinculo_sealer", template.passwords.sealer),
  };
  const order = { logins, contextKeyHex: template.contextKeyHex, home, port: takenPort };
  const { code, said } = await ended(new URL("../../tests/support/failing-start.ts", import.meta.url), [JSON.stringify(order)]);
  expect({ code, said: said.trim() }).toEqual({ code: 3, said: sentence(takenPort) });
});
