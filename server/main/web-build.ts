import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const webRoot = join(root, "dist/web");
const stampFile = join(root, "dist/web.sha256");

/** Folder of the built web application, built first when its sources have changed since (some seconds). */
export async function ensureWeb(notice: (text: string) => void): Promise<string> {
  const stamp = sourcesHash();
  if (existsSync(join(webRoot, "index.html")) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return webRoot;
  notice("building the web application");
  const { build } = await import("vite");
  await build({
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    mode: "production",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  writeFileSync(stampFile, stamp);
  return webRoot;
}

/** Everything the browser's code is made of: web/, the contracts, the configuration and the locked packages. */
function sourcesHash(): string {
  const hash = createHash("sha256");
  const add = (file: string) =>
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  for (const file of filesBelow("web")) add(file);
  for (const file of filesBelow("server").filter((name) => name.endsWith("/contract.ts"))) add(file);
  for (const file of ["vite.config.ts", "package-lock.json"]) add(file);
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath.slice(root.length), entry.name))
    .sort();
}
