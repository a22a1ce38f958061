export { authenticateKey } from "./authenticate-key.ts";
export { listAllKeys, revokeKeyByPrefix } from "./decide-key.ts";
