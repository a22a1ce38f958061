import { type Route, route } from "../../platform/http/index.ts";
import { answerAction } from "./answer-action.ts";
import { changeAction, changePolicy } from "./change-offers.ts";
import * as contract from "./contract.ts";
import { listAttention } from "./list-attention.ts";
import { readNextAction } from "./read-next-action.ts";
import { readOffers, readResults } from "./read-offers.ts";
import { takeAnswerBack } from "./take-answer-back.ts";

export const offerRoutes: Route[] = [
  route(contract.readNextAction, ({ tx, caller, clock, params }) => readNextAction(tx, caller, clock, params.customerId)),
  route(contract.answerAction, ({ tx, caller, clock, params, body }) => answerAction(tx, caller, clock, params.customerId, body)),
  route(contract.takeAnswerBack, ({ tx, caller, clock, params }) => takeAnswerBack(tx, caller, clock, params.customerId, params.answerId)),
  route(contract.listAttention, ({ tx, caller, query }) => listAttention(tx, caller, query.rows)),
  route(contract.readOffers, ({ tx, caller, clock }) => readOffers(tx, caller, clock)),
  route(contract.readOfferResults, ({ tx, caller }) => readResults(tx, caller)),
  route(contract.changeAction, ({ tx, caller, clock, params, body }) =>
    changeAction(tx, caller, clock, params.actionId, { version: body.version, of: body.settings, reason: body.reason }),
  ),
  route(contract.changePolicy, ({ tx, caller, clock, body }) =>
    changePolicy(tx, caller, clock, { version: body.version, of: body.rules, reason: body.reason }),
  ),
];
