export { identifierBlinds } from "./change-index-key.ts";
export {
  holdIdentifierIndex,
  type IdentifierIndex,
  type IdentifierOpener,
  type IdentifierSealer,
  identifierValues,
  indexIdentifiers,
  openIdentifiers,
  plainIdentifier,
  sealIdentifiers,
} from "./identifier.ts";
