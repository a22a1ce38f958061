export { carryOutRotation } from "./carry-out-rotation.ts";
export { moveKeys } from "./move-keys.ts";
export { orderRotationAtOnce } from "./order-rotation.ts";
export { readState } from "./read-encryption.ts";
export { rotateMasterKey } from "./rotate-master-key.ts";
export { listOpenRotations } from "./store.ts";
