import type { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import type { TypedRecord } from "./contract.ts";
import { signed } from "./match-store.ts";
import { explainPair, forgetPlaceholders, keysOfRecord, type MatchRecord, probabilityOf, RecordTable } from "./matching/index.ts";
import { readParties } from "./read-parties.ts";
import * as steward from "./steward-store.ts";
import { modelInForce } from "./work-on-identity.ts";

const NEIGHBOURS_MAX = 500;
const CANDIDATES_MAX = 10;

type Typed = z.output<typeof TypedRecord>;

/** Customers who may be the one being typed, the surest first; only those the caller may see are looked at at all. Who was shown is audited. Fails with not_allowed. */
export async function findDuplicates(db: Db, caller: Caller, typed: Typed) {
  permit(caller, "customer:read");
  return showCandidates(db, caller, (await weighKnown(db, caller, typed)).best);
}

/** Customers the caller may see whom evidence alone would join with the one being typed. Fails with not_allowed. */
export async function findSurelySame(db: Db, caller: Caller, typed: Typed): Promise<string[]> {
  permit(caller, "customer:read");
  const { best, joinBits } = await weighKnown(db, caller, typed);
  return best.filter(({ bits }) => bits >= joinBits).map(({ customerId }) => customerId);
}

async function weighKnown(db: Db, caller: Caller, typed: Typed) {
  const asked = recordOf(typed);
  const { stored, visible } = await inTransaction(
    db,
    caller,
    async (tx) => {
      const model = await modelInForce(tx);
      const keys = keysOf(asked, model);
      return {
        stored: model,
        visible: keys.length === 0 ? [] : await steward.listVisible(tx, await steward.listCandidates(tx, keys.map(signed), NEIGHBOURS_MAX)),
      };
    },
    { readOnly: true },
  );
  const parties = await inTransaction(db, caller, (tx) => readParties(tx, visible), { role: "worker", readOnly: true });
  const weighed = parties
    .filter(({ record: known }) => known.kind === asked.kind)
    .map(({ partyId, customerId, record: known }) => ({ partyId, customerId, ...explainPair(stored.model, asked, known) }))
    .filter(({ bits }) => bits >= stored.model.thresholds.doubtBits)
    .sort((x, y) => y.bits - x.bits);
  // One line a customer: the record that agrees best.
  const best = weighed
    .filter(({ customerId }, place) => weighed.findIndex((other) => other.customerId === customerId) === place)
    .slice(0, CANDIDATES_MAX);
  return { best, joinBits: stored.model.thresholds.joinBits };
}

async function showCandidates(db: Db, caller: Caller, best: Awaited<ReturnType<typeof weighKnown>>["best"]) {
  return inTransaction(db, caller, async (tx) => {
    const sides = await steward.readSides(
      tx,
      best.map(({ partyId }) => partyId),
    );
    await record(tx, {
      caller,
      action: "identity.duplicates_shown",
      subjectKind: "customer",
      subjectIds: sides.map(({ customerId }) => customerId),
    });
    return {
      candidates: best.flatMap(({ partyId, bits, steps }) => {
        const side = sides.find((one) => one.partyId === partyId);
        if (side === undefined) return [];
        const reasons = steps.flatMap(({ column, level, bits: weight, rarityBits }) =>
          level !== null && weight + rarityBits > 0 ? [{ column, level }] : [],
        );
        return [{ side, bits, probability: probabilityOf(bits), reasons }];
      }),
    };
  });
}

function keysOf(asked: MatchRecord, { model, refined }: Awaited<ReturnType<typeof modelInForce>>): number[] {
  const table = new RecordTable();
  table.add(asked);
  forgetPlaceholders(table, model.placeholders);
  return keysOfRecord(table.arrays(), 0, (key) => refined.has(key));
}

function recordOf(typed: Typed): MatchRecord {
  const { line, city, postalCode } = typed;
  const parts = typed.givenName !== undefined || typed.familyName !== undefined;
  return {
    source: "typed",
    key: "typed",
    kind: typed.kind,
    names: [
      ...(typed.fullName === "" ? [] : [{ full: typed.fullName }]),
      ...(parts ? [{ given: typed.givenName ?? "", family: typed.familyName ?? "" }] : []),
    ],
    ...(typed.bornOn === undefined ? {} : { birthDate: typed.bornOn }),
    phones: typed.phones,
    emails: typed.emails,
    addresses:
      line === undefined && city === undefined && postalCode === undefined
        ? []
        : [
            {
              ...(line === undefined ? {} : { line }),
              ...(city === undefined ? {} : { city }),
              ...(postalCode === undefined ? {} : { postalCode }),
            },
          ],
    identifiers: typed.identifiers.map(({ scheme, country, value }) => ({ scheme, value, ...(country === undefined ? {} : { country }) })),
  };
}
