import { arch, cpus, loadavg, totalmem } from "node:os";
import { type Measured, percentile } from "./client.ts";

export interface Line {
  readonly work: string;
  readonly who: string;
  readonly measured: Measured;
  readonly floor: Measured;
  /** Median answer in KiB. */
  readonly answerKiB: number;
  readonly goal: { readonly share: 0.95 | 0.99; readonly ms: number };
}

const figure = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** One line a stream of requests; times are milliseconds in the server, `ratio` compares its median with the floor's. */
export function printLines(size: string, lines: readonly Line[], peakMiB: number): void {
  if (lines.length === 0) return;
  const rows = lines.map(({ work, who, measured, floor, answerKiB, goal }) => {
    const reached = percentile(measured.serverMs, goal.share);
    return {
      work,
      who,
      size,
      requests: String(measured.serverMs.length),
      refused: String(measured.refused),
      "per s": figure(measured.answeredPerSecond),
      p50: figure(percentile(measured.serverMs, 0.5)),
      p95: figure(percentile(measured.serverMs, 0.95)),
      p99: figure(percentile(measured.serverMs, 0.99)),
      "p99 client": figure(percentile(measured.clientMs, 0.99)),
      "cpu ms": figure(measured.cpuMs),
      KiB: figure(answerKiB),
      "floor p50": figure(percentile(floor.serverMs, 0.5)),
      "floor cpu": figure(floor.cpuMs),
      ratio: figure(percentile(measured.serverMs, 0.5) / percentile(floor.serverMs, 0.5)),
      goal: `p${goal.share * 100} < ${goal.ms}: ${reached < goal.ms && measured.refused === 0 ? "met" : "missed"}`,
    };
  });
  printRows(rows);
  console.log(`peak memory of the server process: ${peakMiB} MiB\n`);
}

export function printRows(rows: readonly Record<string, string>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => row[name]?.length ?? 0)));
  const draw = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  console.log(draw(names));
  console.log(draw(widths.map((width) => "-".repeat(width))));
  for (const row of rows) console.log(draw(names.map((name) => row[name] ?? "")));
}

/** What the figures were taken on; the load of the minute tells how much of the machine was somebody else's. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const load = loadavg().map((value) => value.toFixed(1));
  return `${processors.length} x ${processors[0]?.model ?? "processor"} (${arch()}), ${memory} GiB, Node ${process.version}, load ${load.join(" ")}, ${new Date().toISOString()}`;
}
