import type { Command } from "commander";
import { authenticate, signIn } from "../../governance/access/index.ts";
import {
  beginTraining,
  decideVersion,
  deployVersion,
  listModels,
  readModel,
  readModelVersion,
  runTraining,
} from "../../intelligence/scores/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { modelPlans } from "../models.ts";
import { type Opened, printTable, withDatabase } from "./open.ts";

interface Json {
  json?: boolean;
}

/** The registry: what serves, training, approval by somebody else, deployment and the way back. */
export function addRegistryCommands(models: Command): void {
  models
    .command("list")
    .description("every model: what serves, how good it is by time, how it does today")
    .option("--json", "one line of JSON")
    .action(({ json = false }: Json) =>
      withDatabase(async ({ db, operator }) => {
        const found = await inTransaction(db, operator, (tx) => listModels(tx, asReader(operator)), { role: "worker", readOnly: true });
        if (json) return console.log(JSON.stringify(found));
        printTable(
          found.models.map(({ modelId, champion, challenger, waiting, watch, training }) => ({
            model: modelId,
            champion: champion?.version ?? "none",
            "AUC by time": champion?.auc.toFixed(3) ?? "",
            baseline: champion?.baselineAuc.toFixed(3) ?? "",
            challenger: challenger?.version ?? "",
            "waiting for approval": waiting,
            today: watch === null ? "" : `${watch.level}, score PSI ${watch.scorePsi.toFixed(2)}`,
            training: training === null ? "" : `${training.state}${training.step === null ? "" : ` (${training.step})`}`,
          })),
        );
      }),
    );
  addShow(models);
  models
    .command("train <model>")
    .description("train a new version here and now; somebody else approves it")
    .option("--learner <kind>", "trees or scorecard", "trees")
    .option("--json", "one line of JSON")
    .action((modelId: string, { learner, json = false }: Json & { learner: string }) =>
      withDatabase(async ({ db, operator }) => {
        if (learner !== "trees" && learner !== "scorecard") throw new Refusal("--learner is trees or scorecard.");
        const trainingId = await inTransaction(db, operator, (tx) => beginTraining(tx, operator, modelId, learner), { role: "worker" });
        const signal = new AbortController().signal;
        const version = await runTraining({ db, caller: operator, clock: systemClock, signal, plans: modelPlans }, trainingId);
        const reader = asReader(operator);
        const { trainings } = await inTransaction(db, operator, (tx) => readModel(tx, reader, modelId), { role: "worker", readOnly: true });
        const failure = trainings.find((one) => one.trainingId === trainingId)?.failure ?? null;
        if (json) console.log(JSON.stringify({ modelId, version, failure }));
        else if (version !== null) console.log(`Version ${version} of ${modelId} is trained; it waits for approval.`);
        else console.log(`Nothing was trained: ${failure?.reason ?? "it was done already"} ${JSON.stringify(failure?.figures ?? {})}`);
        if (failure !== null) process.exitCode = 1;
      }),
    );
  addDecisions(models);
}

function addShow(models: Command): void {
  models
    .command("show <model> [version]")
    .description("versions, deployments and watch of a model; or all that is kept of how one version was made and how good it is")
    .option("--json", "one line of JSON")
    .action((modelId: string, version: string | undefined, { json = false }: Json) =>
      withDatabase(async ({ db, operator }) => {
        const reader = asReader(operator);
        const options = { role: "worker", readOnly: true } as const;
        if (version !== undefined) {
          const found = await inTransaction(db, operator, (tx) => readModelVersion(tx, reader, modelId, numberOf(version)), options);
          return console.log(JSON.stringify(found, null, json ? undefined : 2));
        }
        const found = await inTransaction(db, operator, (tx) => readModel(tx, reader, modelId), options);
        if (json) return console.log(JSON.stringify(found));
        printTable(
          found.versions.map((one) => ({
            version: one.version,
            state: one.isIntact ? one.state : "ALTERED",
            learner: one.learner,
            trained: one.trainedAt.toISOString(),
            by: one.trainedByName,
            "AUC by time": one.auc.toFixed(3),
            baseline: one.baselineAuc.toFixed(3),
            "lift at 10 %": one.liftAt10.toFixed(2),
            checksum: one.checksum.slice(0, 12),
            decided: one.approval?.deciderName ?? "",
          })),
        );
      }),
    );
}

interface DecideOptions {
  as: string;
  note: string;
  checksum: string;
  refuse?: boolean;
}

function addDecisions(models: Command): void {
  models
    .command("approve <model> <version>")
    .description("approve (or --refuse) a version as somebody who did not train it; their password is read from VINCULO_PASSWORD")
    .requiredOption("--as <login>", "who approves; needs model:approve")
    .requiredOption("--checksum <hex>", "the checksum of what was looked at, whole, as `models show --json` gives it")
    .requiredOption("--note <text>", "why")
    .option("--refuse", "refuse instead")
    .action((modelId: string, version: string, { as: login, note, checksum, refuse = false }: DecideOptions) =>
      withDatabase(async (opened) => {
        await asPerson(opened, login, (caller) =>
          inTransaction(opened.db, caller, (tx) =>
            decideVersion(tx, caller, systemClock, { modelId, version: numberOf(version) }, { approve: !refuse, checksum, note }),
          ),
        );
        console.log(refuse ? "Refused." : "Approved.");
      }),
    );
  for (const [name, rollBack] of [
    ["deploy", false],
    ["rollback", true],
  ] as const)
    models
      .command(`${name} <model> <version>`)
      .description(rollBack ? "go back to a version that was champion before" : "put an approved version in its place")
      .requiredOption("--reason <text>", "why")
      .option("--challenger", "let it score in the shadow of the champion")
      .action((modelId: string, version: string, { reason, challenger = false }: { reason: string; challenger?: boolean }) =>
        withDatabase(async ({ db, operator }) => {
          const wanted = {
            place: challenger ? ("challenger" as const) : ("champion" as const),
            version: numberOf(version),
            reason,
            rollBack,
          };
          const reader = asReader(operator);
          const { state } = await inTransaction(db, operator, (tx) => deployVersion(tx, reader, systemClock, modelId, wanted), {
            role: "worker",
          });
          if (state === "waiting") return console.log("Asked for; somebody else approves it first, as the bank wants.");
          console.log(
            `Version ${version} of ${modelId} is ${wanted.place}; customers are scored by it when the server runs, or with the next refresh.`,
          );
        }),
      );
}

/** Somebody proves who they are by their password, for the time of one act. */
async function asPerson(opened: Opened, login: string, work: (caller: Caller) => Promise<void>): Promise<void> {
  const password = process.env.VINCULO_PASSWORD ?? "";
  if (password === "")
    throw new Refusal(
      `Set VINCULO_PASSWORD to the password of ${login}; it is not taken from the command line, where others could read it.`,
    );
  const request = { id: `cli-${newId()}`, ip: "127.0.0.1", userAgent: "vinculo" };
  const { token } = await signIn(opened.db, systemClock, { login, password, request });
  const caller = await authenticate(opened.db, systemClock, token, request, "request");
  if (caller === null) throw new Refusal(`${login} could not sign in.`);
  await work(caller);
}

/** Whoever keeps the machine may look at every model. */
function asReader(operator: Caller): Caller {
  return { ...operator, permissions: new Set([...operator.permissions, "model:read"]) };
}

function numberOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Refusal(`${text} is no version: versions are whole numbers.`);
  return Number(text);
}
