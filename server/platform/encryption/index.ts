export { SealedValueBroken } from "./envelope.ts";
export { type FieldOpener, type FieldSealer, openField, SEALS_DUE, sealField } from "./field-keys.ts";
export { openFileProvider } from "./file-provider.ts";
export type { KeyProvider } from "./key-provider.ts";
export { KEY_LIFE_MS, keyRing, openKeyRing, setKeyRing } from "./key-ring.ts";
export { makeKeyIn, openEncryption } from "./open-encryption.ts";
export { countByKey, listSealedOtherwise, type SealedColumn, saveResealed } from "./sealed-column.ts";
export { type DataKeyRow, listKeys, saveWrapped, waitForWriters } from "./store.ts";
