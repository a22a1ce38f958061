import type { z } from "zod";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx, withWorkerConnection } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { findSurelySame, orderMatching } from "../../identity/index.ts";
import { refreshInside } from "../../profiles/index.ts";
import { chunkFrame } from "../chunk-frame.ts";
import { landLines, reportAlone } from "../land-alone.ts";
import { stageCells } from "../landing/rerun-staging.ts";
import { castStaged, prepareStaging } from "../landing/staging.ts";
import { kindsOf } from "../load-plan.ts";
import type { FilePlan } from "../mapping/plan.ts";
import * as mappings from "../mapping-store.ts";
import * as loads from "../store.ts";
import type { enterCustomer as EnterCustomer, EnteredCustomer } from "./contract.ts";
import { entryCells, entryMapping, entryMappingSha256, entryPlan, entrySource } from "./entry-mapping.ts";
import * as store from "./store.ts";

type Order = z.output<NonNullable<typeof EnterCustomer.body>>;

/** Where the caller may enter customers. Fails with not_allowed. */
export async function listEntryPlaces(tx: Tx, caller: Caller): Promise<store.EntryPlaces> {
  permit(caller, "customer:create");
  return store.listPlaces(tx);
}

/**
 * Enters a customer by hand: one row of the source of staff, landed like any other, so that it has an origin, can be reversed, and is matched. Fails
 * with not_allowed, not_found (no such branch or portfolio for the caller), conflict (customers the caller may see are surely the same), invalid_input
 * (a value that no file could bring either; `fields` name them). The same entry again answers what it became.
 */
export async function enterCustomer(db: Db, caller: Caller, order: Order): Promise<{ customerId: string; loadId: string }> {
  permit(caller, "customer:create");
  const { entryId, branchCode, portfolioCode = null, customer, others } = order;
  const may = await inTransaction(db, caller, (tx) => store.mayEnterAt(tx, branchCode, portfolioCode), { readOnly: true });
  if (!may) throw new DomainError("not_found", "no such branch or portfolio for this caller");
  const again = (await loads.asWorker(db, caller, (tx) => loads.findLoad(tx, entryId))) !== null;
  const same = again ? [] : (await findSurelySame(db, caller, typedRecord(customer))).filter((id) => !others.includes(id));
  if (same.length > 0)
    throw new DomainError("conflict", "this customer is surely known already", { detail: { reason: "may_be_same", customerIds: same } });
  const plan = entryPlan();
  return withWorkerConnection(db, caller, async (connection) => {
    await connection.inTransaction((tx) => prepareStaging(tx, plan));
    return connection.inTransaction((tx) => enterInside(tx, caller, plan, order));
  });
}

async function enterInside(tx: Tx, caller: Caller, plan: FilePlan, { entryId, customer, branchCode, portfolioCode, others }: Order) {
  const startedMs = performance.now();
  const load = await openLoad(tx, caller, entryId);
  const known = await store.findEntered(tx, load.loadNo);
  if (known !== null) return { customerId: known.customerId, loadId: load.loadId };
  await stageCells(tx, plan, [{ line: 1, cells: entryCells({ ...customer, key: load.loadId, branchCode, portfolioCode }) }]);
  await castStaged(tx, plan, {});
  const problems = await store.listProblems(tx, ["party", "contact_point", "identifier"]);
  if (problems.length > 0)
    throw new DomainError("invalid_input", "not every value can be taken", {
      fields: problems.map(({ column, reason }) => ({ path: `customer.${column}`, reason })),
    });
  await landLines(tx, { load, plan, frame: chunkFrame({ load, plan, fileNo: 0, caller }), lines: [1], bad: [] });
  const report = await reportAlone(tx, load, startedMs);
  const entered = await store.findEntered(tx, load.loadNo);
  if (entered === null) throw new Error(`load ${load.loadNo} brought no party`);
  await refreshInside(tx, load.loadNo);
  await loads.finishLoad(tx, load.loadNo, report);
  await orderMatching(tx, [entered.partyId]);
  await record(tx, {
    ...{ caller, action: "customer.entered", subjectKind: "customer", subjectIds: [entered.customerId] },
    detail: { loadNo: load.loadNo, kinds: [...kindsOf(plan)], othersThan: others },
  });
  return { customerId: entered.customerId, loadId: load.loadId };
}

/** The load of this entry, new or as it was. */
async function openLoad(tx: Tx, caller: Caller, entryId: string): Promise<loads.LoadHead> {
  const sourceId = await mappings.saveSource(tx, entrySource);
  await store.markByHand(tx, sourceId);
  const mappingId = await mappings.saveMapping(tx, {
    ...{ name: entrySource.name, sourceCode: entrySource.code, text: entryMapping, sha256: entryMappingSha256, createdBy: caller.userId },
  });
  const known = await loads.lockLoad(tx, entryId);
  if (known !== null && known.sourceId !== sourceId) throw new DomainError("conflict", "this id is another load's");
  if (known !== null) return known;
  return loads.insertLoad(tx, {
    ...{ loadId: entryId, sourceId, mappingId, files: [], given: [], startedBy: caller.userId, correctsLoadNo: null },
  });
}

/** As the question for known customers takes it. */
function typedRecord({ kind, fullName, givenName, familyName, bornOn, phone, email, line, city, postalCode, ...more }: EnteredCustomer) {
  const some = (value: string | undefined) => (value === undefined ? [] : [value]);
  const numbers = [
    ["national_id", more.nationalId],
    ["tax_id", more.taxId],
    ["passport", more.passport],
    ["registration", more.registration],
  ] as const;
  return {
    ...{ kind, fullName, givenName, familyName, bornOn, line, city, postalCode },
    phones: some(phone),
    emails: some(email),
    identifiers: numbers.flatMap(([scheme, value]) => some(value).map((number) => ({ scheme, value: number, country: more.country }))),
  };
}
