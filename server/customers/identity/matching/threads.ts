import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Work, work } from "./match-work.ts";

/** Does a piece of work: shared memory is shared, all else copied. Rejects with what the work throws. */
export type Run = <Name extends keyof Work>(name: Name, task: Parameters<Work[Name]>[0]) => Promise<ReturnType<Work[Name]>>;

/**
 * Runs pieces of work on so many threads, the next piece on the next one that is free, and ends them afterwards; with one thread on the caller's own.
 * Comparing wants threads of its own: the one comparer of a thread is compiled for its very table, a second one makes both a third slower.
 */
export async function withThreads<Answer>(count: number, use: (run: Run) => Promise<Answer>): Promise<Answer> {
  if (count < 2) return use(async (name, task) => (work[name] as (task: unknown) => never)(task));
  const threads = Array.from({ length: count }, () => new Thread());
  try {
    return await use((name, task) => threads.reduce((least, one) => (one.waiting < least.waiting ? one : least)).run(name, task));
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

class Thread {
  /** Pieces of work not done yet; they are done in turn. */
  waiting = 0;
  private readonly worker = new Worker(new URL("./match-worker.ts", import.meta.url));
  private before: Promise<unknown> = Promise.resolve();

  run<Name extends keyof Work>(name: Name, task: Parameters<Work[Name]>[0]): Promise<ReturnType<Work[Name]>> {
    this.waiting += 1;
    const answer = this.before.then(async () => {
      this.worker.postMessage({ name, task });
      const [done] = (await once(this.worker, "message")) as [ReturnType<Work[Name]>];
      this.waiting -= 1;
      return done;
    });
    this.before = answer;
    return answer;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
