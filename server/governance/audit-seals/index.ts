export { readSealFile } from "./anchors/seal-file.ts";
export { checkDatabase, type DatabaseVerdict } from "./check-database.ts";
export { exportTrail } from "./export-trail.ts";
export { verifyBundle } from "./proof/bundle.ts";
export { splitPem, tell, verifyAndTell } from "./proof/verify.ts";
export { replaceSealKey, type SealKey, trustedKeys } from "./seal-key.ts";
export { type Sealed, sealRows } from "./seal-rows.ts";
export { openKey, startSealer } from "./sealer.ts";
export { withSealer } from "./sealer-line.ts";
