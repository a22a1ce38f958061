export { carryOutRotation } from "./carry-out-rotation.ts";
export type { RotatedPart } from "./contract.ts";
export { moveKeys } from "./move-keys.ts";
export { goOnWithRotations, orderRotationAtOnce } from "./order-rotation.ts";
export { readState } from "./read-encryption.ts";
export { rotateMasterKey } from "./rotate-master-key.ts";
export { listOpenRotations, type RotationRow } from "./store.ts";
