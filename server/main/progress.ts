export interface Progress {
  readonly what: string;
  readonly done: number;
  /** null while it is not known how much there is. */
  readonly total: number | null;
}

const REDRAW_MS = 250;
const PLAIN_EVERY_MS = 3_000;

/** Progress on the terminal: one line drawn over itself with amount, rate and time left; in a log file a line every three seconds. */
export function terminalProgress(
  out: NodeJS.WriteStream = process.stderr,
  nowMs: () => number = () => performance.now(),
): (progress: Progress) => void {
  let what = "";
  let startedMs = 0;
  let drawnMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = nowMs();
    const isNew = progress.what !== what;
    if (isNew) {
      if (what !== "" && out.isTTY) out.write("\n");
      what = progress.what;
      startedMs = now;
    }
    const isLast = progress.total !== null && progress.done >= progress.total;
    if (!isNew && !isLast && now - drawnMs < (out.isTTY ? REDRAW_MS : PLAIN_EVERY_MS)) return;
    drawnMs = now;
    const line = describeProgress(progress, (now - startedMs) / 1000);
    out.write(out.isTTY ? `\r\u001b[K· ${line}` : `· ${line}\n`);
    if (isLast && out.isTTY) {
      out.write("\n");
      what = "";
    }
  };
}

/** "transactions: 120,000 of 180,000 (67 %), 41,000/s, 1 s left" */
export function describeProgress({ what, done, total }: Progress, seconds: number): string {
  const number = new Intl.NumberFormat("en");
  const rate = seconds > 0 ? done / seconds : 0;
  const amount =
    total === null
      ? number.format(done)
      : `${number.format(done)} of ${number.format(total)}${total > 0 ? ` (${Math.floor((done / total) * 100)} %)` : ""}`;
  const speed = rate > 0 && seconds >= 0.5 ? `, ${number.format(Math.round(rate))}/s` : "";
  const left = total !== null && rate > 0 && done < total && seconds >= 0.5 ? `, ${Math.ceil((total - done) / rate)} s left` : "";
  return `${what}: ${amount}${speed}${left}`;
}
