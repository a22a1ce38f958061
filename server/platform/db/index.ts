export { sql } from "kysely";
export { askOutside } from "./ask-outside.ts";
export { keepBallast } from "./ballast.ts";
export type { ContextCaller, Purpose } from "./context.ts";
export { databaseError, sqlState } from "./database-error.ts";
export type { Db, TransactionTiming } from "./db.ts";
export { describeServer, type ServerDescription } from "./describe-server.ts";
export { type DiskGuard, openDiskGuard } from "./disk-guard.ts";
export { recoverData } from "./embedded/recover.ts";
export { makeKeyFile } from "./key-folder.ts";
export { type OpenOptions, openDatabase } from "./open-database.ts";
export type { Role } from "./pools.ts";
export { prepared } from "./prepared.ts";
export { dropTable, readTables, type TableState } from "./read-tables.ts";
export { type LogReceiver, lsnOf, receiveLog } from "./receive-log.ts";
export {
  type ArchiverState,
  type BackupBounds,
  type BackupPart,
  identifySystem,
  keepSlot,
  readArchiver,
  readSlot,
  receiveBaseBackup,
} from "./replication.ts";
export { sendLast } from "./send-last.ts";
export type { Database } from "./tables.ts";
export { together } from "./together.ts";
export { inTransaction, type TransactionOptions, type Tx } from "./transaction.ts";
export { type WorkerConnection, withWorkerConnection } from "./worker-connection.ts";
