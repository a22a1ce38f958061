import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "./step.ts";

/** A program of node_modules/.bin as a step: what it prints is the fault when it fails. */
function program(name: string, command: string, args: readonly string[]): Step {
  return {
    name,
    run(root) {
      const path = join(root, "node_modules/.bin", command);
      if (!existsSync(path)) throw new Error(`${command} is not installed: run npm ci`);
      return new Promise((resolve, reject) => {
        const child = spawn(path, args, {
          cwd: root,
          stdio: ["ignore", "pipe", "pipe"],
          env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
        });
        const output: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
        child.on("error", reject);
        child.on("close", (exitCode) => {
          const text = Buffer.concat(output).toString("utf8").trimEnd();
          resolve(exitCode === 0 ? [] : text === "" ? [`${command} ended with ${exitCode ?? "a signal"}`] : text.split("\n"));
        });
      });
    },
  };
}

export const formatAndLint = program("format and lint", "biome", [
  "check",
  "--error-on-warnings",
  "--diagnostic-level=warn",
  "--max-diagnostics=50",
  ".",
]);
// What tsc remembers from run to run only makes the next one faster; checkouts that share their node_modules each remember their own.
const checkout = createHash("sha256").update(process.cwd()).digest("hex").slice(0, 8);
const types = (name: string, project: string, memory: string) =>
  program(name, "tsc", [
    "-p",
    project,
    "--pretty",
    "false",
    "--incremental",
    "--tsBuildInfoFile",
    `node_modules/.cache/${memory}-${checkout}.tsbuildinfo`,
  ]);

export const serverTypes = types("types of the server", "tsconfig.json", "server");
export const webTypes = types("types of the web", "web/tsconfig.json", "web");
export const deadCode = program("no dead files, exports or dependencies", "knip", ["--no-progress", "--treat-config-hints-as-errors"]);
