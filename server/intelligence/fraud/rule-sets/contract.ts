import { z } from "zod";
import { LatestApproval, Outcome } from "../../../governance/approvals/contract.ts";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";
import { FraudRuleSet } from "../contract.ts";

const tag = "fraud";
export const RULE_SETS_MAX = 100;
const RULES_MAX = 200;

const Title = z.string().trim().min(3).max(100);
const Params = z.strictObject({ setNo: z.coerce.number().int().min(1).max(2_147_483_647) });
export const RuleSetState = z.enum(["draft", "active", "retired"]);

/** Where in a rule set something is wrong; columns of the rule's text from 1. */
export const RuleProblem = z.object({ where: z.string(), column: z.int().nullable(), reason: z.string() });
export type RuleProblem = z.infer<typeof RuleProblem>;

const Figures = z.object({
  alerts: z.int(),
  alertsPerDay: z.number(),
  share: z.number(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  /** Units of the bank's currency. */
  valueCaught: z.number(),
  valueShare: z.number().nullable(),
});

export const RuleExample = z.object({
  at: z.string(),
  amount: z.number(),
  payee: z.string(),
  customerId: z.uuid(),
  customerName: z.string(),
  isFraud: z.boolean(),
  evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

export const BacktestReport = z.object({
  payments: z.int(),
  frauds: z.int(),
  fraudValue: z.number(),
  days: z.number(),
  currency: z.string(),
  shareMax: z.number(),
  rules: z
    .array(
      Figures.extend({
        name: z.string(),
        isRefused: z.boolean(),
        /** Payments it would have fired on, of customers the reader may see. */
        examples: z.array(RuleExample).max(5),
      }),
    )
    .max(RULES_MAX),
  together: Figures,
});
export type BacktestReport = z.infer<typeof BacktestReport>;

const RuleSetHead = z.object({
  setNo: z.int(),
  title: z.string(),
  state: RuleSetState,
  version: z.int(),
  rules: z.int(),
  writtenByName: z.string().nullable(),
  writtenAt: Instant,
  backtestedAt: Instant.nullable(),
  /** A rule of it fires on too many payments. */
  isRefused: z.boolean(),
  /** Where the newest request to put it into force stands; null: nobody asked. */
  approval: LatestApproval.nullable(),
  activatedAt: Instant.nullable(),
});
export type RuleSetHead = z.infer<typeof RuleSetHead>;

export const listRuleSets = endpoint({
  name: "listFraudRuleSets",
  tag,
  method: "GET",
  path: "/api/fraud/rule-sets",
  summary: "All fraud rule sets, newest first: in force, drafts, earlier ones",
  access: "fraud:read",
  answer: z.object({ sets: z.array(RuleSetHead).max(RULE_SETS_MAX) }),
});

export const viewRuleSet = endpoint({
  name: "viewFraudRuleSet",
  tag,
  method: "GET",
  path: "/api/fraud/rule-sets/:setNo",
  summary: "A rule set with its back-test on the bank's own past",
  access: "fraud:read",
  params: Params,
  answer: z.object({
    set: RuleSetHead.extend({ document: FraudRuleSet, hash: z.string(), basedOn: z.int().nullable(), isOwn: z.boolean() }),
    backtest: BacktestReport.nullable(),
  }),
  errors: ["not_found"],
});

/** What rules may name, for suggestions while writing. */
export const readRuleWords = endpoint({
  name: "readFraudRuleWords",
  tag,
  method: "GET",
  path: "/api/fraud/rule-words",
  summary: "Features, texts, functions and operators that rules may use",
  access: "fraud:read",
  answer: z.object({
    features: z.array(z.object({ name: z.string(), isFlag: z.boolean() })).max(200),
    texts: z.array(z.string()).max(20),
    functions: z.array(z.string()).max(20),
    operators: z.array(z.string()).max(40),
  }),
});

/** Nothing is kept. */
export const checkRules = endpoint({
  name: "checkFraudRules",
  tag,
  method: "POST",
  path: "/api/fraud/rule-sets/check",
  summary: "Whether rules can be read, and where not",
  access: "fraud:rules",
  body: z.strictObject({ document: z.unknown() }),
  answer: z.object({ problems: z.array(RuleProblem).max(500) }),
});

export const draftRules = endpoint({
  name: "draftFraudRules",
  tag,
  method: "POST",
  path: "/api/fraud/rule-sets",
  summary: "Begin a draft of rules",
  access: "fraud:rules",
  body: z.strictObject({ title: Title, basedOn: z.int().min(1).nullable(), document: FraudRuleSet }),
  answer: z.object({ setNo: z.int() }),
  idempotent: true,
  errors: ["invalid_input", "limit_reached"],
});

export const changeRules = endpoint({
  name: "changeFraudRules",
  tag,
  method: "PUT",
  path: "/api/fraud/rule-sets/:setNo",
  summary: "Change a draft; it has to be tested anew",
  access: "fraud:rules",
  params: Params,
  body: z.strictObject({ version: z.int().min(1), title: Title, document: FraudRuleSet }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const deleteRules = endpoint({
  name: "deleteFraudRules",
  tag,
  method: "DELETE",
  path: "/api/fraud/rule-sets/:setNo",
  summary: "Throw a draft away",
  access: "fraud:rules",
  params: Params,
  answerKind: "none",
  errors: ["not_found", "invalid_state"],
});

export const backtestRules = endpoint({
  name: "backtestFraudRules",
  tag,
  method: "POST",
  path: "/api/fraud/rule-sets/:setNo/backtest",
  summary: "Have rules tested on the bank's own past; the report appears with them",
  access: "fraud:rules",
  params: Params,
  answer: z.object({ ordered: z.boolean() }),
  errors: ["not_found"],
});

export const activateRules = endpoint({
  name: "activateFraudRules",
  tag,
  method: "POST",
  path: "/api/fraud/rule-sets/:setNo/activate",
  summary: "Ask somebody else to put tested rules into force, or earlier ones back",
  access: "fraud:rules",
  params: Params,
  body: z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  answer: Outcome,
  errors: ["not_found", "conflict", "invalid_state"],
});
