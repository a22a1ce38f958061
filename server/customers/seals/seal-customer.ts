import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import { findCompartment } from "../../governance/walls/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { refreshQualityOf } from "../quality/index.ts";
import { SEALS_PAGE_ROWS, type Seal } from "./contract.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listSeals(
  tx: Tx,
  caller: Caller,
  { compartmentId, after }: { compartmentId: number; after?: string | undefined },
): Promise<{ seals: Seal[]; next: string | null }> {
  permit(caller, "seal:manage");
  const found = await store.listSeals(tx, compartmentId, after ?? null, SEALS_PAGE_ROWS + 1);
  const seals = found.slice(0, SEALS_PAGE_ROWS);
  const subjectIds = seals.flatMap(({ customerId }) => customerId ?? []);
  await record(tx, { caller, action: "seal.listed", subjectKind: "customer", subjectIds, query: { compartmentId } });
  return { seals, next: found.length > SEALS_PAGE_ROWS ? (seals.at(-1)?.sealId ?? null) : null };
}

export interface Sealing {
  readonly customerNo: string;
  readonly compartmentId: number;
  readonly reason: string;
}

/**
 * Seals every record the customer has. From the commit on it does not exist for anybody without clearance, and counts in no figure of quality. Fails with
 * not_allowed, not_found (no such number, or compartment), invalid_state (it lies in the compartment already).
 */
export async function sealCustomer(db: Db, caller: Caller, { customerNo, compartmentId, reason }: Sealing): Promise<{ sealId: string }> {
  permit(caller, "seal:manage");
  return inTransaction(
    db,
    caller,
    async (tx) => {
      const compartment = await findCompartment(tx, compartmentId);
      const customer = await store.findByNumber(tx, customerNo);
      if (compartment === null || customer === null) throw new DomainError("not_found", "no such customer or compartment");
      const sealId = await store.insertSeals(tx, { ...customer, compartmentId, reason, by: caller.userId });
      if (sealId === null) throw new DomainError("invalid_state", "sealed already", { detail: { reason: "sealed_already" } });
      await refreshQualityOf(tx, [customer.customerId]);
      await record(tx, {
        caller,
        action: "customer.sealed",
        subjectKind: "customer",
        subjectIds: [customer.customerId],
        detail: { compartment: compartment.code, sealId },
      });
      return { sealId };
    },
    { role: "worker" },
  );
}

/** Fails with not_allowed, not_found (no such seal in force). */
export async function liftSeal(db: Db, caller: Caller, sealId: string, reason: string): Promise<void> {
  permit(caller, "seal:manage");
  await inTransaction(
    db,
    caller,
    async (tx) => {
      const lifted = await store.liftSeals(tx, sealId, { reason, by: caller.userId });
      if (lifted === null) throw new DomainError("not_found", "no such seal in force");
      await refreshQualityOf(tx, lifted.customerIds);
      const compartment = await findCompartment(tx, lifted.compartmentId);
      await record(tx, {
        caller,
        action: "customer.unsealed",
        subjectKind: "customer",
        subjectIds: lifted.customerIds,
        detail: { compartment: compartment?.code ?? null, sealId },
      });
    },
    { role: "worker" },
  );
}
