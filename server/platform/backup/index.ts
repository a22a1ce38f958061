export { Archiver, type ArchiverParts, archiveNow } from "./archiver.ts";
export { type BackupKey, openBackupKey } from "./backup-key.ts";
export { checkRepository, type RepositoryReport } from "./check-repository.ts";
export { type BaseOrder, makeBase } from "./make-base.ts";
export { type BaseManifest, claimRepository, listBases, readRepository } from "./repository.ts";
export { type Restored, type RestoreOrder, restoreBackup } from "./restore.ts";
export { SealBroken } from "./sealed-file.ts";
export { type BackupState, readState } from "./state.ts";
