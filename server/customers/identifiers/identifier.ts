import type { Tx } from "../../platform/db/index.ts";
import { type FieldSealer, holdIndex, indexField, openField, type SealedColumn, sealField } from "../../platform/encryption/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { asciiDigits } from "../../platform/text/index.ts";

export const identifierValues: SealedColumn = {
  column: "customers.identifier.sealed_value",
  isIndexed: true,
  key: [
    { name: "party_id", type: "uuid" },
    { name: "identifier_id", type: "uuid" },
  ],
  // The party of an identifier may change, its id does not.
  rowId: "identifier_id",
};

/** The number as it is kept and compared: its letters and digits, ASCII digits, upper case. */
export function plainIdentifier(text: string): string {
  return asciiDigits(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, "")
    .toUpperCase();
}

/** A number in its three forms, under an id of its own that the row takes when it is new. */
export interface SealedIdentifier {
  readonly identifierId: string;
  readonly sealed: Buffer;
  readonly blind: Buffer;
}

export interface IdentifierOpener {
  readonly open: (identifierId: string, sealed: Buffer) => string;
}

/** Blind indexes of numbers as anybody writes them. Held by the transaction like FieldIndex. */
export interface IdentifierIndex {
  readonly keyNo: number;
  /** The form that is kept. */
  readonly blind: (text: string) => Buffer;
  /** The form to be kept beside it while another key is coming. */
  readonly next: (text: string) => Buffer | null;
  /** The form that may still stand somewhere while a key is going. */
  readonly was: (text: string) => Buffer | null;
  /** All of them: a number is asked for by each. */
  readonly forms: (text: string) => Buffer[];
  readonly isChanging: boolean;
}

export interface IdentifierSealer extends IdentifierOpener {
  readonly keyNo: number;
  readonly index: IdentifierIndex;
  /** null where the text holds no letter or digit. */
  readonly seal: (text: string) => SealedIdentifier | null;
  readonly sealAs: (identifierId: string, plain: string) => Buffer;
}

/** Fails like openField. */
export async function openIdentifiers(tx: Tx): Promise<IdentifierOpener> {
  const { open } = await openField(tx, identifierValues.column);
  return { open };
}

/** Fails like openField. */
export async function indexIdentifiers(tx: Tx): Promise<IdentifierIndex> {
  const { keyNo, blind, next, was } = await indexField(tx, identifierValues.column);
  const forms = (text: string) => {
    const plain = plainIdentifier(text);
    return [blind(plain), ...(next === null ? [] : [next(plain)]), ...(was === null ? [] : [was(plain)])];
  };
  return {
    ...{ keyNo, forms, isChanging: next !== null || was !== null },
    blind: (text) => blind(plainIdentifier(text)),
    next: (text) => next?.(plainIdentifier(text)) ?? null,
    was: (text) => was?.(plainIdentifier(text)) ?? null,
  };
}

/** For who copies blind indexes without making them. */
export const holdIdentifierIndex = (tx: Tx): Promise<void> => holdIndex(tx, identifierValues.column);

/** Fails like sealField. */
export async function sealIdentifiers(tx: Tx): Promise<IdentifierSealer> {
  const field: FieldSealer = await sealField(tx, identifierValues.column);
  const index = await indexIdentifiers(tx);
  return {
    ...{ open: field.open, keyNo: field.keyNo, index, sealAs: field.seal },
    seal(text) {
      const plain = plainIdentifier(text);
      if (plain === "") return null;
      const identifierId = newId();
      return { identifierId, sealed: field.seal(identifierId, plain), blind: index.blind(plain) };
    },
  };
}
