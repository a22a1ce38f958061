import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as alerts from "./alerts/contract.ts";
import { listAlerts, listFraudPeople, readFraudMark, viewAlert } from "./alerts/read-alerts.ts";
import { assignAlert, closeAlert, noteOnAlert, releaseAlert, reopenAlert, takeAlert } from "./alerts/work-on-alert.ts";
import { orderBacktest } from "./jobs.ts";
import * as live from "./live/contract.ts";
import { decidePayment } from "./live/decide-payment.ts";
import * as rules from "./rule-sets/contract.ts";
import { checkRules, listRuleSets, readRuleWords, viewRuleSet } from "./rule-sets/read-rules.ts";
import { activateRules, changeRules, deleteRules, draftRules } from "./rule-sets/write-rules.ts";
import * as watching from "./watching/contract.ts";
import { readFraudCourse } from "./watching/read-course.ts";

export const fraudRoutes: Route[] = [
  streamingRoute(live.decidePayment, ({ db, caller, clock, body }) => decidePayment(db, caller, clock, body)),
  route(alerts.listAlerts, ({ tx, caller, query }) => listAlerts(tx, caller, query)),
  route(alerts.viewAlert, ({ tx, caller, params }) => viewAlert(tx, caller, params.alertId)),
  route(alerts.takeAlert, ({ tx, caller, clock, params, body }) => takeAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.releaseAlert, ({ tx, caller, clock, params, body }) => releaseAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.assignAlert, ({ tx, caller, clock, params, body }) => assignAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.noteOnAlert, ({ tx, caller, clock, params, body }) => noteOnAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.closeAlert, ({ tx, caller, clock, params, body }) => closeAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.reopenAlert, ({ tx, caller, clock, params, body }) => reopenAlert(tx, caller, clock, params.alertId, body)),
  route(alerts.listFraudPeople, ({ tx, caller }) => listFraudPeople(tx, caller)),
  route(alerts.readFraudMark, ({ tx, caller, params }) => readFraudMark(tx, caller, params.customerId)),
  route(watching.readFraudCourse, ({ tx, caller, clock }) => readFraudCourse(tx, caller, clock)),
  route(rules.listRuleSets, ({ tx, caller }) => listRuleSets(tx, caller)),
  route(rules.viewRuleSet, ({ tx, caller, params }) => viewRuleSet(tx, caller, params.setNo)),
  streamingRoute(rules.readRuleWords, async ({ caller }) => readRuleWords(caller)),
  streamingRoute(rules.checkRules, async ({ caller, body }) => checkRules(caller, body.document)),
  route(rules.draftRules, ({ tx, caller, body }) => draftRules(tx, caller, body)),
  route(rules.changeRules, ({ tx, caller, clock, params, body }) => changeRules(tx, caller, clock, params.setNo, body)),
  route(rules.deleteRules, ({ tx, caller, params }) => deleteRules(tx, caller, params.setNo)),
  route(rules.backtestRules, ({ tx, caller, params }) => orderBacktest(tx, caller, params.setNo)),
  route(rules.activateRules, ({ tx, caller, clock, params, body }) => activateRules(tx, caller, clock, params.setNo, body.hash)),
];
