export { approveKeyAct } from "./approve-key.ts";
export { authenticateKey } from "./authenticate-key.ts";
export { listAllKeys, revokeKeyByPrefix } from "./end-key.ts";
