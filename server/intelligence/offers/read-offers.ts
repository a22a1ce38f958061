import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { factCurrency } from "../facts/index.ts";
import { listActions, readPolicy } from "./bank-store.ts";
import type { ArmResult } from "./contract.ts";
import { dayAfter } from "./day.ts";
import * as store from "./manage-store.ts";
import { detectable, newcombe, sizesChance, wilson } from "./rules.ts";

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
  return {
    actions: (await listActions(tx)).map(({ place: _, customerKinds: __, countries: ___, ...action }) => ({
      ...action,
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

/** Each standing arm against who is held out, over the customers the caller sees. Fails with not_allowed. */
export async function readResults(tx: Tx, caller: Caller) {
  permit(caller, "offer:manage");
  const rows = await store.countArms(tx);
  const { holdOutShare, randomShare } = await readPolicy(tx);
  const exposure = await store.countExposure(tx);
  await record(tx, { caller, action: "offers.results_viewed", subjectKind: "setting" });
  const held = rows.find(({ arm }) => arm === "hold_out");
  const ranked = rows.filter(({ arm }) => arm === "ranked" || arm === "explored").reduce((sum, { customers }) => sum + customers, 0);
  const sizes = [
    { customers: held?.customers ?? 0, share: holdOutShare },
    { customers: rows.find(({ arm }) => arm === "random")?.customers ?? 0, share: randomShare },
    { customers: ranked, share: 1 - holdOutShare - randomShare },
  ];
  const best = new Map<string, number>();
  for (const { trait, proposed, customers } of exposure) best.set(trait, Math.max(best.get(trait) ?? 0, proposed / customers));
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
    exposure: exposure.map(({ trait, group, customers, proposed }) => {
      const rate = proposed / customers;
      const top = best.get(trait) ?? 0;
      return { trait, group, customers, proposed, rate, ratio: top === 0 ? 1 : rate / top };
    }),
  };
}
