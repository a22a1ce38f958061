import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort, RunningBank } from "./bank.ts";
import type { Stage } from "./fault.ts";
import { Load, type SignedIn, signIn } from "./load.ts";
import { mountSmall, unmount } from "./small-disk.ts";

// From branches, head office and another country: scopes that must not mix.
const PEOPLE = ["rm.london", "rm.madrid", "rm.dubai", "manager.riyadh"];

// Small enough to be filled within a moment.
const DISK_MIB = 1_200;

export interface Scene {
  readonly bank: RunningBank;
  stageFor(name: string, random: () => number): Stage;
  close(): Promise<void>;
}

/** The bank the faults happen to, with people signed in, and what each of them may see while all is well. */
export async function setScene(folder: string, options: { rate: number; times: number; customers: number }): Promise<Scene> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const env = { VINCULO_DEMO_CUSTOMERS: String(options.customers), VINCULO_DISK_RESERVE_MIB: "64" };
  const home = join(folder, "bank");
  try {
    mountSmall(home, DISK_MIB);
  } catch {
    console.error("· no disk of its own for the bank: faults of full disks are skipped");
  }
  const bank = new RunningBank(home, await freePort(), env);
  await bank.start().catch(async (error: unknown) => {
    await bank.stop("SIGKILL");
    throw error;
  });
  const users: SignedIn[] = [];
  for (const login of PEOPLE) users.push(await signIn(bank, login));
  const visible = new Map<string, ReadonlySet<string>>();
  for (const user of users) visible.set(user.login, await allVisible(bank, user));
  return {
    bank,
    stageFor(name, random) {
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      return {
        ...{ bank, users, visible, random, folder: own, rate: options.rate, times: options.times },
        startLoad: ({ banks = [bank], balances = false, users: chosen = users } = {}) =>
          new Load({ banks, users: chosen, perSecond: options.rate, random, balances }),
      };
    },
    async close() {
      await bank.stop();
      unmount(home);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function allVisible(bank: RunningBank, { cookie }: SignedIn): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (let after = ""; ; ) {
    const answer = await fetch(`http://127.0.0.1:${bank.port}/api/customers?rows=100${after}`, { headers: { cookie } });
    const { customers, next } = (await answer.json()) as { customers: { customerId: string }[]; next: string | null };
    for (const { customerId } of customers) seen.add(customerId);
    if (next === null) return seen;
    after = `&after=${encodeURIComponent(next)}`;
  }
}
