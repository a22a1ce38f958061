import type { LoadProgress } from "./contract.ts";

/** Twice a second is live to the eye and nothing to the database. */
export const TELL_EVERY_MS = 500;

/**
 * Runs `work` and tells how far it is meanwhile: at most every half second, only when something moved, and never two at a time. A telling
 * that fails fails nothing: the work itself meets whatever is wrong with the database.
 */
export async function tellProgress<T>(
  progressNow: () => LoadProgress,
  tell: (progress: LoadProgress) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  let told = "";
  let telling: Promise<void> | null = null;
  const timer = setInterval(() => {
    const progress = progressNow();
    const now = `${progress.file} ${progress.bytes} ${progress.rows}`;
    if (telling !== null || now === told) return;
    told = now;
    telling = tell(progress)
      .catch(() => undefined)
      .finally(() => {
        telling = null;
      });
  }, TELL_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await telling;
  }
}
