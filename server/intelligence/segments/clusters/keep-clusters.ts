import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import { type ContextCaller, type Db, inTransaction, type Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { factTable } from "../../facts/index.ts";
import { insert } from "../keep-segments.ts";
import { clusterFacts, findClusters } from "./find-clusters.ts";
import * as store from "./store.ts";

const SAMPLE_CUSTOMERS = 4_000;
const SEED = 20_260_101;

/** Orders the search; send its job in the same transaction. Fails with not_allowed, in_progress. */
export async function orderClusters(tx: Tx, caller: Caller): Promise<{ runId: string }> {
  permit(caller, "segment:write");
  const newest = await store.readNewest(tx);
  if (newest !== null && newest.finishedAt === null) throw new DomainError("in_progress", "clusters are being looked for already");
  const runId: string = newId();
  await store.insertRun(tx, runId, caller.userId, SEED);
  await record(tx, { caller, action: "segment.clusters_ordered", subjectKind: "cluster_run", subjectIds: [runId] });
  return { runId };
}

/** The work of an ordered search: of a sample of everybody who may be profiled. Doing it twice gives the same. */
export async function runClusters(db: Db, caller: ContextCaller, clock: Clock, runId: string): Promise<void> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  const table = await asWorker(async (tx) => {
    const customerIds = await store.sampleCustomers(tx, SAMPLE_CUSTOMERS);
    return factTable(tx, { keys: clusterFacts.map(({ key }) => key), asOf: null, customerIds, clock });
  });
  const columns = clusterFacts.map(({ key }) => {
    const column = table.columns.get(key);
    return column !== undefined && "values" in column ? column.values : new Float64Array(table.customerIds.length);
  });
  const found = findClusters(columns, SEED);
  await asWorker((tx) => store.finishRun(tx, runId, found, found === null ? "too few customers" : null));
}

export async function readClusters(tx: Tx, caller: Caller) {
  permit(caller, "segment:read");
  const run = await store.readNewest(tx);
  if (run === null) return { run: null };
  const { runId, orderedAt, finishedAt, result, failure } = run;
  return {
    run: {
      runId,
      orderedAt: orderedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      failed: failure !== null,
      customers: result?.customers ?? 0,
      silhouette: result?.silhouette ?? 0,
      stability: result?.stability ?? 0,
      clusters: (result?.clusters ?? []).map(({ share, customers, traits }) => ({ share, customers, traits: [...traits] })),
    },
  };
}

/** Fails with not_allowed, not_found, limit_reached. Order the settling of the segment in the same transaction. */
export async function keepCluster(
  tx: Tx,
  caller: Caller,
  runId: string,
  wish: { place: number; name: string; shared: boolean },
): Promise<{ segmentId: string }> {
  permit(caller, "segment:write");
  const run = await store.findRun(tx, runId);
  const found = run?.result?.clusters[wish.place];
  if (run?.result == null || found === undefined) throw new DomainError("not_found", "there is no such cluster");
  const { space } = run.result;
  const definition = { cluster: { ...space, place: wish.place }, traits: found.traits };
  return { segmentId: await insert(tx, caller, { name: wish.name, note: null, shared: wish.shared, definition, keys: space.keys }) };
}
