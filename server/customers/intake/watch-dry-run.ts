import { setTimeout as wait } from "node:timers/promises";
import { DomainError } from "../../platform/errors/index.ts";
import type { DryRunEvent, LoadProgress } from "./contract.ts";
import { type DryOrder, dryRunDelivery } from "./dry-run.ts";
import { TELL_EVERY_MS } from "./tell-progress.ts";

/**
 * A dry run as it goes on: progress at most twice a second, then its answer or why there is none. What nobody foresaw breaks the stream off and
 * is logged there. Ends early when the signal of the order aborts.
 */
export async function* watchDryRun(order: Omit<DryOrder, "onProgress">): AsyncGenerator<{ data: DryRunEvent }> {
  let latest: LoadProgress | null = null;
  const outcome = dryRunDelivery({
    ...order,
    onProgress: (progress) => {
      latest = progress;
    },
  }).then(
    ({ report, quarantined }): DryRunEvent => {
      const examples = quarantined.map(({ loadId: _, loadNo: __, version: ___, state: ____, ...row }) => row);
      return { is: "done", report, quarantined: examples };
    },
    (error: unknown): DryRunEvent => {
      if (!(error instanceof DomainError)) throw error;
      return { is: "failed", code: error.code, detail: error.detail ?? {} };
    },
  );
  for (let told: LoadProgress | null = null; ; ) {
    const event = await Promise.race([outcome, wait(TELL_EVERY_MS, null)]);
    if (event !== null) return yield { data: event };
    if (latest !== null && latest !== told) yield { data: { is: "running", progress: latest } };
    told = latest;
  }
}
