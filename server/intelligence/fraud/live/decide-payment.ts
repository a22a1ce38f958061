import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { ruleActions } from "../contract.ts";
import type { PaymentDecision, PaymentToDecide } from "./contract.ts";
import { type Desk, deskOf } from "./desk.ts";
import { type Judgement, verdictOf } from "./judge.ts";
import { keeperOf } from "./keep-decisions.ts";
import { fromRequest, type KnownAccount, type Payment, paymentId } from "./payment.ts";
import * as store from "./store.ts";

const SAID_MAX = 5;

/**
 * Decides on a payment from memory, in well under a millisecond once its account is known; what was decided is written down within a twentieth of a second
 * (`keep-decisions.ts`). The same payment is answered the same. Fails with not_allowed; unavailable (the desk still reads the last weeks after a restart, or
 * too much waits to be written: try again); invalid_state, saying why: an unknown source, a payment the bank's files brought already, one dated too far back
 * or ahead.
 */
export async function decidePayment(db: Db, caller: Caller, clock: Clock, asked: PaymentToDecide): Promise<PaymentDecision> {
  permit(caller, "fraud:screen");
  const desk = deskOf(db);
  const keeper = keeperOf(db);
  if (!desk.isReady) {
    void desk.catchUp(caller, clock).catch(keeper.onError);
    throw new DomainError("unavailable", "the payments of the last weeks are being read");
  }
  keeper.requireRoom();
  const sourceId = desk.sources.get(asked.source);
  if (sourceId === undefined) throw refused("unknown_source");
  const key = paymentId(sourceId, asked.paymentId);
  const accountKey = `${sourceId}:${asked.account}`;
  const answered = desk.answers.get(key);
  if (answered !== undefined) return answered;
  const account = desk.accounts.get(accountKey) ?? (await findAccount(db, caller, sourceId, asked.account));
  if (account !== null) desk.accounts.set(accountKey, account);
  // The same payment may have been asked about while its account was looked up.
  const meanwhile = desk.answers.get(key);
  if (meanwhile !== undefined) return meanwhile;
  const receivedAt = clock.now();
  const payment = fromRequest(asked, { sourceId, account, rates: desk.rates, receivedAt });
  const { decision, judgement } = judge(desk, payment, asked.paymentId);
  desk.answers.set(key, decision);
  const kept = { payment, accountKey: asked.account, receivedAt, answer: decision };
  const suspect =
    judgement === null || judgement.action === null || payment.partyId === null
      ? null
      : {
          ...{ payment, judgement, explanation: desk.judge.explain(payment, desk.features, judgement), setNo: decision.setNo },
          ...{ modelNo: desk.judge.by.model?.modelNo ?? null, isLive: true },
        };
  keeper.keep(caller, clock, kept, suspect);
  return decision;
}

function judge(desk: Desk, payment: Payment, id: string): { decision: PaymentDecision; judgement: Judgement | null } {
  const { setNo } = desk.judge.by;
  const arrival = desk.measure(payment);
  if (arrival === "refund")
    return {
      decision: { paymentId: id, verdict: "approve", action: null, probability: 0, rules: [], reasons: [], setNo },
      judgement: null,
    };
  if (arrival !== "measured") throw refused(arrival === "duplicate" ? "known_from_files" : arrival);
  const judgement = desk.judge.judge(payment, desk.features);
  const { action, probability, fired } = judgement;
  const decision = {
    ...{ paymentId: id, verdict: verdictOf(action), action, probability: Number(probability.toPrecision(4)), setNo },
    rules: fired
      .toSorted((a, b) => ruleActions.indexOf(b.action) - ruleActions.indexOf(a.action))
      .map(({ name }) => name)
      .slice(0, SAID_MAX),
    reasons: action === null ? [] : desk.judge.reasons(desk.features).map(({ feature }) => feature),
  };
  return { decision, judgement };
}

async function findAccount(db: Db, caller: Caller, sourceId: number, key: string): Promise<KnownAccount | null> {
  const [found] = await store.asWorker(db, caller, (tx) => store.findAccounts(tx, [{ sourceId, key }]));
  return found ?? null;
}

const refused = (reason: string) => new DomainError("invalid_state", `the payment cannot be judged: ${reason}`, { detail: { reason } });
