import type { Caller } from "../../platform/caller/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import type { LoadProgress } from "./contract.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { FileEnd } from "./reading/index.ts";
import type * as store from "./store.ts";

/** Names the moments at which a test may let the process die. */
export type Checkpoint = (name: string) => void;

export interface LoadRun {
  readonly db: Db;
  readonly caller: Caller;
  readonly load: store.LoadHead;
  readonly plan: LoadPlan;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  readonly checkpoint?: Checkpoint | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Rows of one transaction. */
  readonly chunkRows?: number | undefined;
  readonly inLastTransaction?: ((tx: Tx) => Promise<void>) | undefined;
}

/** Place of the file in the delivery -> what only its end tells. */
export type FileEnds = ReadonlyMap<number, FileEnd>;
