export {
  type IdentifierOpener,
  type IdentifierSealer,
  identifierValues,
  openIdentifiers,
  plainIdentifier,
  sealIdentifiers,
} from "./identifier.ts";
