import { parentPort, workerData } from "node:worker_threads";
import { backtest } from "../rules/backtest.ts";
import { checkRuleSet } from "../rules/read-rule-set.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { historyOf } from "./history.ts";
import { measurePast } from "./learn.ts";

const work = workerData as HeavyWork;
const history = historyOf(work.columns);
if (work.what === "measure") parentPort?.postMessage(measurePast(history, work.columns.lastCaseAt));
else {
  const reading = checkRuleSet(work.rules);
  if (reading.problems !== null) throw new Error("rules that cannot be read came to the back-test");
  parentPort?.postMessage(backtest(history, reading.rules, { shareMax: reading.policy.shareMax }));
}
