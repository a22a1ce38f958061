import type { Tx } from "../../platform/db/index.ts";
import { type FieldOpener, type FieldSealer, openField, type SealedColumn, sealField } from "../../platform/encryption/index.ts";
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
  /** Of a number as anybody writes it. */
  readonly blind: (text: string) => Buffer;
}

export interface IdentifierSealer extends IdentifierOpener {
  readonly keyNo: number;
  /** null where the text holds no letter or digit. */
  readonly seal: (text: string) => SealedIdentifier | null;
  readonly sealAs: (identifierId: string, plain: string) => Buffer;
}

/** Fails like openField. */
export async function openIdentifiers(tx: Tx): Promise<IdentifierOpener> {
  return openerOf(await openField(tx, identifierValues.column));
}

/** Fails like sealField. */
export async function sealIdentifiers(tx: Tx): Promise<IdentifierSealer> {
  const field: FieldSealer = await sealField(tx, identifierValues.column);
  return {
    ...openerOf(field),
    keyNo: field.keyNo,
    sealAs: field.seal,
    seal(text) {
      const plain = plainIdentifier(text);
      if (plain === "") return null;
      const identifierId = newId();
      return { identifierId, sealed: field.seal(identifierId, plain), blind: field.blind(plain) };
    },
  };
}

const openerOf = (field: FieldOpener): IdentifierOpener => ({
  open: field.open,
  blind: (text) => field.blind(plainIdentifier(text)),
});
