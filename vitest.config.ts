import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const violations = "tests/import-rules/violations/**";
const everyTest = globSync("{server,web,db,bench,tools,tests}/**/*.test.{ts,tsx}", {
  cwd: import.meta.dirname,
  exclude: [violations],
}).sort();

const needsBrowser = (file: string) => file.startsWith("tests/journeys/") || file === "tests/support/browser.test.ts";

// What a test imports says what it needs: everything in tests/support but the browser stands on the template database.
const importsSupport = /from "(?:\.\.\/)+(?:tests\/)?support\/(?!browser\.ts|chromium\.ts)|from "\.\/(?:database|clone)\.ts"/;
const needsDatabase = (file: string) => !needsBrowser(file) && importsSupport.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8"));

const common = {
  exclude: [violations, "node_modules/**"],
  environment: "node",
  pool: "forks" as const,
  // A process goes from file to file and keeps what it has read of the product: reading it anew for each took a fifth of the time.
  isolate: false,
  allowOnly: false,
};
const template = ["tests/support/template.ts"];

export default defineConfig({
  test: {
    // Tests wait for the database or the browser a third of the time: one file more at once than there are cores.
    maxWorkers: Math.max(2, availableParallelism()) + 1,
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          include: everyTest.filter((file) => !needsBrowser(file) && !needsDatabase(file)),
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: "database",
          include: everyTest.filter(needsDatabase),
          globalSetup: template,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...common,
          name: "journeys",
          include: everyTest.filter(needsBrowser),
          globalSetup: [...template, "tests/support/product.ts"],
          testTimeout: 120_000,
          // A browser on a busy machine may miss one look; npm test names at its end whatever passed only when tried again.
          retry: 1,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
