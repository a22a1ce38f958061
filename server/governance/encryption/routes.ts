import type { SealedColumn } from "../../platform/encryption/index.ts";
import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { orderRotation } from "./order-rotation.ts";
import { readEncryption } from "./read-encryption.ts";

/** `columns`: every column that is encrypted (main/sealed-columns.ts). */
export const encryptionRoutes = (columns: readonly SealedColumn[]): Route[] => [
  streamingRoute(contract.readEncryption, ({ db, caller }) => readEncryption(db, caller, columns)),
  route(contract.rotateEncryption, ({ tx, caller, clock, body }) => orderRotation(tx, caller, clock, columns, body)),
];
