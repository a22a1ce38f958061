import { createHash } from "node:crypto";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { MAPPINGS_MAX, type MappingSummary } from "./contract.ts";
import { parseMapping } from "./mapping/index.ts";
import * as mappings from "./mapping-store.ts";
import * as store from "./store.ts";

/** Fails with: not_allowed. */
export async function listMappings(tx: Tx, caller: Caller): Promise<{ mappings: MappingSummary[] }> {
  permit(caller, "load:read");
  return { mappings: await mappings.listMappings(tx, MAPPINGS_MAX) };
}

/** Fails with: not_allowed, not_found. */
export async function readMappingVersion(tx: Tx, caller: Caller, mappingId: string) {
  permit(caller, "load:read");
  const found = await mappings.readMapping(tx, mappingId);
  if (found === null) throw new DomainError("not_found", "no such mapping");
  return { ...found, versions: await mappings.listMappingVersions(tx, found.name, MAPPINGS_MAX) };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The version an operator means, by its id, or the newest by its name. Fails with: not_allowed, not_found. */
export async function findMappingNamed(tx: Tx, caller: Caller, name: string) {
  permit(caller, "load:read");
  const mappingId = uuid.test(name)
    ? name
    : (await mappings.listMappings(tx, MAPPINGS_MAX)).find((mapping) => mapping.name === name)?.mappingId;
  const found = mappingId === undefined ? null : await mappings.readMapping(tx, mappingId);
  if (found === null) throw new DomainError("not_found", `there is no mapping ${name}: npx vinculo mappings lists them`);
  return found;
}

/** Keeps a text as the next version of its name; one that is kept already is answered. Fails with: not_allowed, invalid_input. */
export async function saveMapping(db: Db, caller: Caller, text: string): Promise<MappingSummary> {
  permit(caller, "mapping:write");
  const mapping = parseMapping(text);
  return store.asWorker(db, caller, async (tx) => {
    const sha256 = createHash("sha256").update(text).digest();
    const mappingId = await mappings.saveMapping(tx, {
      name: mapping.name,
      sourceCode: mapping.source.code,
      text,
      sha256,
      createdBy: caller.userId,
    });
    await record(tx, { caller, action: "mapping.saved", subjectKind: "mapping", subjectIds: [mappingId], detail: { name: mapping.name } });
    const saved = await mappings.readMapping(tx, mappingId);
    if (saved === null) throw new Error("a mapping that was just kept is gone");
    const { text: _, ...summary } = saved;
    return summary;
  });
}
