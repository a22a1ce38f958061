import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { factorsOn, readLastBookedDay } from "../../facts/index.ts";
import { readServing } from "../../scores/index.ts";
import { monthOfDay } from "../behaviour.ts";
import { CREDIT_MODEL, creditScorerOf } from "../credit-model.ts";
import * as customers from "../customer-store.ts";
import type { CreditPolicy, ExposureKind } from "../policy/contract.ts";
import { readPolicy } from "../policy/store.ts";
import { dayOf, isoOfMonth } from "../rating/days.ts";
import { type Factors, readHistories } from "../rating/history-store.ts";
import { saidDays } from "../rating/rate-customer.ts";
import { readDebts } from "../rating/store.ts";
import { todayOf } from "../today.ts";
import { judgeApplication } from "./judge-application.ts";
import * as store from "./store.ts";

export interface ApplicationRequest {
  readonly kind: ExposureKind;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly termMonths?: number | undefined;
  readonly yearlyRate?: number | undefined;
  readonly collateralMinor?: bigint | undefined;
  readonly purpose: string;
}

const HISTORY_MONTHS = 9;

/**
 * Enters what a customer asks for and judges it by what is booked of them by now. Fails with not_allowed, not_found, invalid_input (naming the
 * field: a loan without term or rate, a currency without a rate of exchange, nothing asked for), invalid_state (the scorecard in force was altered).
 */
export async function applyForCredit(tx: Tx, caller: Caller, clock: Clock, customerId: string, request: ApplicationRequest) {
  permit(caller, "credit:read");
  const head = await customers.readHead(tx, customerId);
  if (head === null) throw new DomainError("not_found", "no such customer for this caller");
  const factors = await factorsOn(tx, todayOf(clock.now()));
  const rate = factors.get(request.currency) ?? null;
  const fault = faultOf(request, rate);
  if (fault !== null || rate === null) throw new DomainError("invalid_input", `the ${fault} does not fit`, { detail: { field: fault } });
  const policy = await readPolicy(tx);
  const scorer = creditScorerOf(await readServing(tx, CREDIT_MODEL));
  const standing = await standingOf(tx, { clock, head, policy: policy.policy, factors });
  const { amountMinor, collateralMinor = 0n, termMonths = null, yearlyRate = null, kind, currency, purpose } = request;
  const { suggestion, judgement } = judgeApplication(
    policy,
    scorer,
    { kind, amountMinor: Number(amountMinor), termMonths, yearlyRate, collateralMinor: Number(collateralMinor), rate },
    standing,
  );
  const applicationId = newId();
  await store.insertApplication(tx, {
    ...{ partyId: head.partyId, applicationId, customerId, kind, currency, amountMinor, termMonths, yearlyRate, collateralMinor, purpose },
    ...{ judgement: { ...judgement, asOf: standing.asOf }, suggestion, by: caller.userId },
  });
  await record(tx, {
    ...{ caller, action: "credit_application.entered", subjectKind: "customer", subjectIds: [customerId] },
    detail: { applicationId, suggestion, policyVersion: policy.version, modelNo: judgement.modelNo },
  });
  return { applicationId };
}

function faultOf({ kind, amountMinor, collateralMinor, termMonths, yearlyRate }: ApplicationRequest, rate: number | null): string | null {
  if (rate === null) return "currency";
  if (amountMinor <= 0n) return "amountMinor";
  if (collateralMinor !== undefined && collateralMinor < 0n) return "collateralMinor";
  if (kind !== "loan" && kind !== "mortgage") return null;
  return termMonths === undefined ? "termMonths" : yearlyRate === undefined ? "yearlyRate" : null;
}

interface About {
  readonly clock: Clock;
  readonly head: customers.CustomerHead;
  readonly policy: CreditPolicy;
  readonly factors: Factors;
}

async function standingOf(tx: Tx, { clock, head, policy, factors }: About) {
  const today = todayOf(clock.now());
  const { customerId } = head;
  const asOf = await readLastBookedDay(tx, today);
  const asOfDay = dayOf(asOf ?? today);
  const histories = await readHistories(tx, factors, [customerId], isoOfMonth(monthOfDay(asOfDay) - HISTORY_MONTHS));
  const debts = (await readDebts(tx, factors, [customerId])).get(customerId) ?? [];
  const limit = await customers.readLimit(tx, customerId, "customer", today);
  return {
    asOf,
    history: histories.get(customerId) ?? { sinceDay: null, months: [], plans: [], lines: [] },
    asOfDay,
    mayProfile: await store.mayProfile(tx, customerId),
    saidDaysPastDue: Math.max(0, ...debts.map(({ status }) => saidDays(policy, status))),
    committedMinor: debts.reduce((sum, { limitMinor }) => sum + limitMinor, 0),
    limitMinor: Number(limit?.amountMinor ?? policy.limits[head.kind]),
  };
}
