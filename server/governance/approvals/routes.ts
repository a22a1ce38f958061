import { type Route, route } from "../../platform/http/index.ts";
import { type Act, actsOf } from "./act.ts";
import * as contract from "./contract.ts";
import { decideApproval } from "./decide-approval.ts";
import { changePolicyAct, listPolicies } from "./policies.ts";
import { listApprovals, readApproval, renewApproval, withdrawApproval } from "./read-approvals.ts";
import { requestApproval } from "./request-approval.ts";

/** `list`: the acts of every module (main/wiring.ts). */
export function approvalRoutes(list: readonly Act[]): Route[] {
  const acts = actsOf([...list, changePolicyAct]);
  return [
    route(contract.listApprovals, ({ tx, caller, query }) => listApprovals(tx, caller, query.view)),
    route(contract.readApproval, ({ tx, caller, params }) => readApproval(tx, caller, acts, params.requestId)),
    route(contract.decideApproval, ({ tx, caller, clock, params, body }) =>
      decideApproval(tx, caller, clock, acts, { ...params, ...body }),
    ),
    route(contract.withdrawApproval, ({ tx, params }) => withdrawApproval(tx, params.requestId)),
    route(contract.renewApproval, ({ tx, caller, clock, params }) => renewApproval(tx, caller, clock, acts, params.requestId)),
    route(contract.listApprovalPolicies, ({ tx, caller }) => listPolicies(tx, caller)),
    route(contract.changeApprovalPolicy, ({ tx, caller, clock, params, body: { reason, ...change } }) =>
      requestApproval(tx, caller, clock, changePolicyAct, { payload: { action: params.action, change }, reason }),
    ),
  ];
}
