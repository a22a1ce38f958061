import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { factCurrency } from "../facts/index.ts";
import { askSegments, readSegmentNames, today } from "../segments/index.ts";
import { boundTo, type OfferAction } from "./action.ts";
import { listActions, readPolicy } from "./bank-store.ts";
import type { ArmResult } from "./contract.ts";
import { dayAfter } from "./day.ts";
import { decidedFacts } from "./decide-offers.ts";
import * as store from "./manage-store.ts";
import { detectable, exposureOf, newcombe, sizesChance, wilson } from "./rules.ts";

const FIGURES_DAYS = 365;

/** Fails with not_allowed. */
export async function readOffers(tx: Tx, caller: Caller, clock: Clock) {
  permit(caller, "offer:manage");
  const since = new Date(`${dayAfter(clock.now().toISOString().slice(0, 10), -FIGURES_DAYS)}T00:00:00Z`);
  const figures = new Map((await store.countFigures(tx, since)).map(({ actionId, ...row }) => [actionId, row]));
  const changes = await store.listChanges(tx);
  const names = await readNames(
    tx,
    changes.map(({ changedBy }) => changedBy),
  );
  await record(tx, { caller, action: "offers.viewed", subjectKind: "setting" });
  const actions = await listActions(tx);
  const segments = await readSegmentsOf(tx, actions, changes, clock);
  return {
    segments: segments.named,
    actions: actions.map(({ place: _, customerKinds: __, countries: ___, ...action }) => ({
      ...action,
      hasSegment: segments.there.get(action.actionId) ?? null,
      figures: figures.get(action.actionId) ?? { first: 0, shown: 0, agreed: 0, later: 0, declined: 0 },
    })),
    policy: await readPolicy(tx),
    changes: changes.map(({ changedBy, ...change }) => ({
      ...{ ...change, before: { ...change.before }, after: { ...change.after } },
      changedByName: names.get(changedBy) ?? null,
    })),
    currency: await factCurrency(tx),
  };
}

/** What segments are called, for who sees them; and by action for one whether it can be asked. */
async function readSegmentsOf(tx: Tx, actions: readonly OfferAction[], changes: readonly store.ChangeRow[], clock: Clock) {
  const bound = boundTo(actions);
  const changed = changes.flatMap(({ before, after }) => [before.segmentId, after.segmentId]).filter((id) => typeof id === "string");
  const names = await readSegmentNames(tx, [...new Set([...bound, ...changed])]);
  const asked = await askSegments(tx, bound, today(clock), decidedFacts);
  const there = await store.findSegmentsThere(tx);
  return {
    named: [...names].map(([segmentId, name]) => ({ segmentId, name })),
    there: new Map(
      actions.flatMap(({ actionId, segmentId }) =>
        segmentId === null ? [] : [[actionId, there.get(actionId) === true && (!names.has(segmentId) || asked.has(segmentId))] as const],
      ),
    ),
  };
}

/** Each standing arm against who is held out, over the customers the caller sees. Fails with not_allowed. */
export async function readResults(tx: Tx, caller: Caller) {
  permit(caller, "offer:manage");
  const rows = await store.countArms(tx);
  const { holdOutShare, randomShare, exposureMin } = await readPolicy(tx);
  const exposure = await store.countExposure(tx);
  await record(tx, { caller, action: "offers.results_viewed", subjectKind: "setting" });
  const held = rows.find(({ arm }) => arm === "hold_out");
  const ranked = rows.filter(({ arm }) => arm === "ranked" || arm === "explored").reduce((sum, { customers }) => sum + customers, 0);
  const sizes = [
    { customers: held?.customers ?? 0, share: holdOutShare },
    { customers: rows.find(({ arm }) => arm === "random")?.customers ?? 0, share: randomShare },
    { customers: ranked, share: 1 - holdOutShare - randomShare },
  ];
  return {
    arms: rows.map(({ since: _, ...row }): ArmResult => {
      const all = row.customers;
      const lift =
        held === undefined || row.arm === "hold_out"
          ? null
          : newcombe({ hits: row.opened, all }, { hits: held.opened, all: held.customers });
      return { ...row, rate: row.opened / all, interval: wilson(row.opened, all), lift };
    }),
    since: rows.map(({ since }) => since).sort()[0] ?? null,
    sizesChance: sizesChance(sizes),
    detectable: held === undefined ? null : detectable(held.opened / held.customers, held.customers, ranked),
    exposure: exposureOf(exposure, exposureMin),
    exposureMin,
  };
}
