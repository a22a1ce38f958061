import { resolve } from "node:path";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { LoadFile } from "./contract.ts";
import * as mappings from "./mapping-store.ts";
import type { Delivery } from "./open-delivery.ts";
import * as store from "./store.ts";

/**
 * Writes down that a delivery is being loaded, and so claims its source. A load that is done is answered as it is; one that stopped goes on; one
 * that was reversed begins anew. Worker transaction. Fails with: not_allowed, in_progress (another load of this source is not finished; the
 * detail says which and whose), invalid_state (its reversal is not finished).
 */
export async function registerLoad(tx: Tx, caller: Caller, delivery: Delivery): Promise<store.LoadHead> {
  permit(caller, "load:run");
  const { sourceId, mappingId } = await keepSourceAndMapping(tx, caller, delivery);
  const known = await store.lockLoad(tx, delivery.loadId);
  if (known?.state === "done") return known;
  if (known?.state === "reversing")
    throw new DomainError("invalid_state", `load ${known.loadNo} is being reversed: let that finish first`, {
      detail: { loadNo: known.loadNo },
    });
  if (known?.state === "running" || known?.state === "failed") return goOn(tx, caller, delivery, known);
  const holder = await store.findHolder(tx, sourceId);
  if (holder !== null) throw sourceIsTaken(holder);
  const load =
    known === null
      ? await store.insertLoad(tx, {
          loadId: delivery.loadId,
          sourceId,
          mappingId,
          files: filesOf(delivery),
          given: placesOf(delivery),
          startedBy: caller.userId,
          correctsLoadNo: null,
        })
      : await store.restartLoad(tx, delivery.loadId, caller.userId, placesOf(delivery));
  await record(tx, {
    caller,
    action: "load.started",
    subjectKind: "load",
    subjectIds: [load.loadId],
    detail: { loadNo: load.loadNo, source: delivery.mapping.source.code, files: delivery.plan.files.length },
  });
  await store.notifyLoad(tx, load.loadId);
  return load;
}

/** The files of a delivery as its load remembers them. */
export function filesOf({ plan: { files } }: Delivery): LoadFile[] {
  return files.map(({ identity, plan }) => ({
    name: identity.name,
    bytes: identity.bytes,
    sha256: identity.sha256,
    part: plan.fileNo,
    columns: [...plan.header],
  }));
}

/** Behind its last chunk. Only what had stopped is written down as taken up again: a job calls this also for the load it was sent for. */
async function goOn(tx: Tx, caller: Caller, delivery: Delivery, known: store.LoadHead): Promise<store.LoadHead> {
  const load = await store.resumeLoad(tx, known.loadId, placesOf(delivery));
  if (known.state === "failed") {
    const detail = { loadNo: load.loadNo, source: delivery.mapping.source.code };
    await record(tx, { caller, action: "load.resumed", subjectKind: "load", subjectIds: [load.loadId], detail });
    await store.notifyLoad(tx, load.loadId);
  }
  return load;
}

function placesOf({ given }: Delivery): store.GivenPlace[] {
  return given.map(({ name, path, uploadId }) => (uploadId === undefined ? { name, path: resolve(path) } : { name, uploadId }));
}

export function sourceIsTaken(holder: NonNullable<Awaited<ReturnType<typeof store.findHolder>>>): DomainError {
  const what = { running: "is running", failed: "stopped on its way: run it again or reverse it", reversing: "is being reversed" }[
    holder.state as "running"
  ];
  return new DomainError("in_progress", `load ${holder.loadNo} of this source, started by ${holder.by}, ${what}`, {
    detail: { ...holder },
  });
}

/** The source and the mapping of a delivery, as the database knows them from now on. */
export async function keepSourceAndMapping(tx: Tx, caller: Caller, delivery: Delivery) {
  const { source, name } = delivery.mapping;
  const sourceId = await mappings.saveSource(tx, {
    code: source.code,
    name: source.name,
    trust: source.trust ?? null,
    trustFor: source.trust_for ?? {},
  });
  const mapping = { name, sourceCode: source.code, text: delivery.mappingText, sha256: delivery.mappingSha256, createdBy: caller.userId };
  const mappingId = await mappings.saveMapping(tx, mapping);
  return { sourceId, mappingId };
}
