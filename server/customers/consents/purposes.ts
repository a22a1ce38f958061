import { readNames } from "../../governance/access/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { basesOf, type ContactPurpose } from "./contract.ts";
import * as store from "./purpose-store.ts";

const isId = (id: string | null): id is string => id !== null;

/** Fails with not_allowed. */
export async function listPurposes(tx: Tx, caller: Caller) {
  permit(caller, "privacy:manage");
  const rows = await store.listPurposes(tx);
  const names = await readNames(tx, rows.map(({ changedBy }) => changedBy).filter(isId));
  const purposes = rows.map(({ changedBy, textVersion, publishedAt, ...row }) => ({
    ...row,
    text: textVersion === null || publishedAt === null ? null : { version: textVersion, publishedAt },
    bases: [...basesOf[row.purpose]],
    changedByName: changedBy === null ? null : (names.get(changedBy) ?? null),
  }));
  return { purposes };
}

/** Fails with not_allowed. */
export async function listTextVersions(tx: Tx, caller: Caller, purpose: ContactPurpose) {
  permit(caller, "privacy:manage");
  const rows = await store.listTextVersions(tx, purpose);
  const names = await readNames(tx, rows.map(({ publishedBy }) => publishedBy).filter(isId));
  return {
    versions: rows.map(({ publishedBy, ...row }) => ({
      ...row,
      publishedByName: publishedBy === null ? null : (names.get(publishedBy) ?? null),
    })),
  };
}
