export { type BlindPass, type BlindPlace, goOnBehind } from "./blind-place.ts";
export { SealedValueBroken } from "./envelope.ts";
export { type FieldIndex, type FieldOpener, type FieldSealer, indexField, openField, SEALS_DUE, sealField } from "./field-keys.ts";
export { openFileProvider } from "./file-provider.ts";
export type { KeyProvider } from "./key-provider.ts";
export { KEY_LIFE_MS, keyRing, openKeyRing, setKeyRing } from "./key-ring.ts";
export { makeKeyIn, openEncryption } from "./open-encryption.ts";
export { countByKey, listSealedOtherwise, type SealedColumn, saveResealed } from "./sealed-column.ts";
export {
  type DataKeyRow,
  dropIndexKey,
  exchangeIndexKeys,
  holdIndex,
  listKeys,
  saveWrapped,
  waitForIndex,
  waitForWriters,
} from "./store.ts";
