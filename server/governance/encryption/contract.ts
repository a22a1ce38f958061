import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "encryption";

export const COLUMNS_MAX = 50;
export const EPOCHS_MAX = 500;

/** schema.table.column */
const ColumnName = z.string().regex(/^[a-z_]{1,60}(\.[a-z_]{1,60}){2}$/);

export const rotationProblems = ["key_provider", "wrong_master_key", "values_broken", "stopped"] as const;

/** What of a column gets a new key: its values, or the blind index by which they are found. */
export const RotatedPart = z.enum(["values", "index"]);
export type RotatedPart = z.infer<typeof RotatedPart>;

export const Rotation = z.object({
  part: RotatedPart,
  /** Of so many steps so many are done: one for values. */
  step: z.int(),
  steps: z.int(),
  orderedAt: Instant,
  orderedByName: z.string(),
  /** null: the new key is not made yet, or is one of the index. */
  epoch: z.int().nullable(),
  /** Rows written; of an index those of each step. */
  resealed: z.int(),
  finishedAt: Instant.nullable(),
  /** Why the last try stopped, or what it had to leave: the provider, the master key, values that do not open. */
  problem: z.enum(rotationProblems).nullable(),
});
export type Rotation = z.infer<typeof Rotation>;

export const EncryptedColumn = z.object({
  column: ColumnName,
  /** When the key of its blind index was made, or the one that is coming; null: it has none. */
  indexKeyAt: Instant.nullable(),
  /** The newest first. */
  epochs: z.array(z.object({ epoch: z.int(), createdAt: Instant, masterKey: z.string(), rows: z.int() })).max(EPOCHS_MAX),
  /** The newest key has sealed so many values that it is due. */
  isDue: z.boolean(),
  /** The last one ordered. */
  rotation: Rotation.nullable(),
});
export type EncryptedColumn = z.infer<typeof EncryptedColumn>;

export const readEncryption = endpoint({
  name: "readEncryption",
  tag,
  method: "GET",
  path: "/api/encryption",
  summary: "Encrypted columns: their keys, how old each is and how many rows it seals, and where the master key is",
  access: "key:manage",
  answer: z.object({
    provider: z.object({
      kind: z.enum(["file", "transit"]),
      place: z.string(),
      /** null: it does not answer. */
      masterKey: z.string().nullable(),
    }),
    columns: z.array(EncryptedColumn).max(COLUMNS_MAX),
  }),
});

export const rotateEncryption = endpoint({
  name: "rotateEncryption",
  tag,
  method: "POST",
  path: "/api/encryption/rotations",
  summary: "Give a column a new key: what is written from now on uses it, what stands there is sealed or indexed anew in the background",
  access: "key:manage",
  body: z.strictObject({ column: ColumnName, part: RotatedPart }),
  answer: z.object({ rotationId: z.uuid() }),
  errors: ["not_found", "in_progress"], // not_found: no such column, or it has no blind index
});
