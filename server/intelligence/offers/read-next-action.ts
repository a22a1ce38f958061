import { mayContact, mayProfile } from "../../customers/consents/index.ts";
import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factCurrency } from "../facts/index.ts";
import { readSegmentNames } from "../segments/index.ts";
import { boundTo } from "./action.ts";
import { listActions, readPolicy } from "./bank-store.ts";
import { belongsNow } from "./belong.ts";
import { type SpokenChannel, TAKE_BACK_HOURS } from "./contract.ts";
import { spokenChannels } from "./decide-offers.ts";
import { channelGate, contactGate, restedChannels, spared } from "./gates.ts";
import { presentCandidate } from "./present-candidate.ts";
import * as store from "./read-store.ts";
import { asItHolds } from "./rules.ts";

const ANSWERS_READ = 20;
const ANSWERS_SHOWN = 5;

/**
 * The action to take next with a customer, what else may be proposed, and of everything else why not. What the customer said since it was decided counts:
 * an objection, a withdrawal, an answer. Fails with not_allowed, not_found.
 */
export async function readNextAction(tx: Tx, caller: Caller, clock: Clock, customerId: string) {
  permit(caller, "customer:read");
  const held = await readHeld(tx, clock, customerId);
  await record(tx, { caller, action: "next_action.viewed", subjectKind: "customer", subjectIds: [customerId] });
  const { decision, open, removed, channels, answers, profiled, language, actions } = held;
  const names = await readNames(
    tx,
    answers.map(({ answeredBy }) => answeredBy),
  );
  if (decision !== null && decision.shownAt === null && open.length > 0) await store.noteShown(tx, customerId, clock.now());
  const segmentNames = await readSegmentNames(tx, boundTo([...actions.values()]));
  const withFactors = caller.permissions.has("profit:read") || caller.permissions.has("offer:manage");
  const present = (candidate: (typeof open)[number]) =>
    presentCandidate(candidate, withFactors, segmentNames.get(actions.get(candidate.actionId)?.segmentId ?? "") ?? null);
  const [first, ...others] = open;
  return {
    decision:
      decision === null
        ? null
        : { decisionId: decision.decisionId, decidedOn: decision.decidedOn, arm: decision.arm, explored: decision.explored },
    proposed: first === undefined ? null : present(first),
    others: others.map(present),
    removed: removed.map(present),
    channels: first !== undefined && actions.get(first.actionId)?.purpose === "marketing" ? channels : [...spokenChannels],
    isProfiled: profiled,
    ...{ language, currency: await factCurrency(tx) },
    answers: answers.slice(0, ANSWERS_SHOWN).map(({ answeredBy, ...answer }) => ({
      ...answer,
      answeredByName: names.get(answeredBy) ?? null,
      canTakeBack:
        answeredBy === caller.userId &&
        caller.permissions.has("consent:record") &&
        clock.now().getTime() - answer.answeredAt.getTime() < TAKE_BACK_HOURS * 3_600_000,
    })),
    canAnswer: caller.permissions.has("consent:record"),
  };
}

/** What was decided of a customer, as it holds now. Fails with not_found. */
export async function readHeld(tx: Tx, clock: Clock, customerId: string) {
  const customer = await store.readLanguage(tx, customerId);
  if (customer === null) throw new DomainError("not_found", "no such customer for this caller");
  const today = clock.now().toISOString().slice(0, 10);
  const decision = await store.findDecision(tx, customerId);
  const actions = new Map((await listActions(tx)).map((action) => [action.actionId, action]));
  const policy = await readPolicy(tx);
  const answers = await store.listAnswers(tx, customerId, ANSWERS_READ);
  const given = answers.map(({ actionId, answer, channel, answeredAt }) => ({
    actionId,
    answer,
    channel,
    on: answeredAt.toISOString().slice(0, 10),
  }));
  const all = decision === null ? [] : withUncalled(decision.candidates, [...actions.values()]);
  const asks = all.some(({ gate, actionId }) => gate === null && actions.get(actionId)?.purpose === "marketing");
  const isBound = all.some(({ gate, actionId }) => gate === null && actions.get(actionId)?.segmentId != null);
  const belongs = belongsNow([...actions.values()], isBound ? await store.readBelonging(tx, [customerId]) : []);
  const contact = asks ? await readContact(tx, customerId) : { marketingBy: [], marketingRefused: [] };
  return {
    ...{ decision, actions, answers, channels: restedChannels(contact.marketingBy, given, policy, today), language: customer.language },
    ...asItHolds(all, {
      rests: (candidate) => spared(candidate, given, policy, today),
      purposeOf: (actionId) => {
        const action = actions.get(actionId);
        return action?.active ? action.purpose : null;
      },
      belongs: (actionId) => belongs(customerId, actionId),
      contact: contactGate(contact) ?? channelGate(contact.marketingBy, given, policy, today),
      hasOpenAlert: await store.hasOpenAlert(tx, customerId),
    }),
    // What rests on a profile is seen only while the customer does not object: then nobody needs to be asked again.
    profiled: decision?.usesProfile === true || (await mayProfile(tx, customerId)).allowed,
  };
}

/** By which channels marketing may reach the customer now, and what keeps it from the others. */
async function readContact(tx: Tx, customerId: string): Promise<{ marketingBy: SpokenChannel[]; marketingRefused: string[] }> {
  const asked = [];
  for (const channel of spokenChannels) asked.push({ channel, ...(await mayContact(tx, { customerId, purpose: "marketing", channel })) });
  return {
    marketingBy: asked.filter(({ allowed }) => allowed).map(({ channel }) => channel),
    marketingRefused: asked.flatMap(({ refusals }) => refusals.map(({ reason }) => reason)),
  };
}

type Kept = store.DecisionRow["candidates"][number];

/** Actions nothing called for are not written down one by one. */
function withUncalled(kept: readonly Kept[], actions: readonly { readonly actionId: string; readonly kind: Kept["kind"] }[]): Kept[] {
  const known = new Set(kept.map(({ actionId }) => actionId));
  return [
    ...kept,
    ...actions
      .filter(({ actionId }) => !known.has(actionId))
      .map(({ actionId, kind }) => ({ actionId, kind, gate: "not_called_for" as const, until: null, reason: null, factors: null })),
  ];
}
