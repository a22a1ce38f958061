/** A snapshot of PostgreSQL: transactions below `xmin` have ended, those from `xmax` on have not begun, `running` were under way. */
export interface Snapshot {
  readonly xmin: bigint;
  readonly xmax: bigint;
  readonly running: ReadonlySet<bigint>;
}

export function parseSnapshot(text: string): Snapshot {
  const [xmin = "1", xmax = "1", running = ""] = text.split(":");
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), running: new Set(running === "" ? [] : running.split(",").map(BigInt)) };
}

/** Had this transaction ended? */
export function isVisible(xid: bigint, { xmin, xmax, running }: Snapshot): boolean {
  return xid < xmin || (xid < xmax && !running.has(xid));
}

/** The same snapshot for transactions below `xid`; none of the others is visible in it. */
export function cutSnapshot({ xmin, xmax, running }: Snapshot, xid: bigint): string {
  const lower = (a: bigint, b: bigint) => (a < b ? a : b);
  const left = [...running].filter((one) => one < xid).sort((a, b) => (a < b ? -1 : 1));
  return `${lower(xmin, xid)}:${lower(xmax, xid)}:${left.join(",")}`;
}
