import { requireStepUp } from "../../governance/access/index.ts";
import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listModels, readModel, readModelVersion } from "./read-models.ts";
import { readCustomerScores } from "./read-scores.ts";
import { deployVersion } from "./registry/deploy-version.ts";
import { orderTraining } from "./registry/train-model.ts";

export const scoreRoutes: Route[] = [
  route(contract.listModels, ({ tx, caller }) => listModels(tx, caller)),
  route(contract.readModel, ({ tx, caller, params }) => readModel(tx, caller, params.modelId)),
  route(contract.readModelVersion, ({ tx, caller, params }) => readModelVersion(tx, caller, params.modelId, params.version)),
  route(contract.trainModel, ({ tx, caller, params, body }) => orderTraining(tx, caller, params.modelId, body.learner)),
  route(contract.deployVersion, async ({ tx, caller, clock, params, body }) => {
    await requireStepUp(tx, caller, clock, { action: "model.deployed", subjectIds: [], payload: { ...params, ...body } });
    return deployVersion(tx, caller, clock, params.modelId, body);
  }),
  route(contract.readCustomerScores, ({ tx, caller, params }) => readCustomerScores(tx, caller, params.customerId)),
];
