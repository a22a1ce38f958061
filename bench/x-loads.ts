import { filledHome } from "./home.ts";

const filled = await filledHome(process.argv[2] ?? "", 3000, true);
console.log(
  filled.loads.map((l) => `${l.source} ${l.rows} ${l.seconds.toFixed(1)}`).join("; "),
  "sum",
  filled.loads.reduce((s, l) => s + l.seconds, 0).toFixed(1),
  "peak",
  filled.peakMiB,
);
process.exit(0);
