import { requireStepUp } from "../../governance/access/index.ts";
import { type Route, route } from "../../platform/http/index.ts";
import { sendJob } from "../../platform/jobs/index.ts";
import * as contract from "./contract.ts";
import { listModels, readModel, readModelVersion } from "./read-models.ts";
import { readCustomerScores } from "./read-scores.ts";
import { decideVersion } from "./registry/decide-version.ts";
import { deployVersion } from "./registry/deploy-version.ts";
import { orderTraining } from "./registry/train-model.ts";
import { scoringJob } from "./scoring/scoring-job.ts";

export const scoreRoutes: Route[] = [
  route(contract.listModels, ({ tx, caller }) => listModels(tx, caller)),
  route(contract.readModel, ({ tx, caller, params }) => readModel(tx, caller, params.modelId)),
  route(contract.readModelVersion, ({ tx, caller, params }) => readModelVersion(tx, caller, params.modelId, params.version)),
  route(contract.trainModel, ({ tx, caller, params, body }) => orderTraining(tx, caller, params.modelId, body.learner)),
  route(contract.decideVersion, async ({ tx, caller, clock, params, body }) => {
    // The checksum is in the payload: the proof is for this version as it was looked at, and no other.
    await requireStepUp(tx, caller, clock, { action: "model.decided", subjectIds: [], payload: { ...params, ...body } });
    return decideVersion(tx, caller, params, body);
  }),
  route(contract.deployVersion, async ({ tx, caller, clock, params, body }) => {
    await requireStepUp(tx, caller, clock, { action: "model.deployed", subjectIds: [], payload: { ...params, ...body } });
    await deployVersion(tx, caller, params.modelId, body);
    if (body.version !== null) await sendJob(tx, scoringJob, { modelId: params.modelId }, { singletonKey: params.modelId });
  }),
  route(contract.readCustomerScores, ({ tx, caller, params }) => readCustomerScores(tx, caller, params.customerId)),
];
