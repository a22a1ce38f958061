/** Placeholder until the generator has run over the migrated database. */
export interface Database {
  "platform.migration": { name: string; sha256: string; applied_at: Date };
}
