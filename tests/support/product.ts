import { type ChildProcess, fork } from "node:child_process";
import type { TestProject } from "vitest/node";

/** The running product: the demo bank in a clone of the template database, and the built web in front of it. */
export interface Product {
  readonly address: string;
  /** The administrator of its database, past row-level security: to choose whom a story is about. */
  readonly adminUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    product: Product;
  }
}

/** Once a run: the product in a process of its own, as it is when a bank runs it, with its own environment. Filling takes some 15 s. */
export default async function provideProduct(project: TestProject): Promise<() => Promise<void>> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env; // a web built under a test's NODE_ENV would be another web
  const child = fork(new URL("./product-process.ts", import.meta.url), [JSON.stringify(project.getProvidedContext().template)], { env });
  project.provide("product", await started(child));
  return () => stopped(child);
}

function started(child: ChildProcess): Promise<Product> {
  return new Promise((resolve, reject) => {
    child.once("message", (product) => resolve(product as Product));
    child.once("exit", (code) => reject(new Error(`The product ended with ${code} before it was ready; journeys cannot run.`)));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.disconnect();
  });
}
