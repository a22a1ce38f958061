import { createHash, randomInt } from "node:crypto";
import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { crossOutRecoveryCode, replaceRecoveryCodes } from "./store.ts";

const CODES = 10;
// Without letters and digits that are read for one another. 28 of 31 signs: 138 bits, so many that one fast hash keeps them (ASVS 5.0 6.5.2, 11.5.1).
const SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const GROUPS = 7;
const GROUP_SIGNS = 4;

/** Ten new codes, to be shown once; those before are worthless from now on. */
export async function renewRecoveryCodes(tx: Tx, userId: UserId): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => hashOf(userId, code)),
  );
  return codes;
}

/** Each code works once, however it is spelled (case, blanks, hyphens). */
export async function spendRecoveryCode(tx: Tx, userId: UserId, code: string, now: Date): Promise<boolean> {
  return crossOutRecoveryCode(tx, userId, hashOf(userId, code), now);
}

function newCode(): string {
  const group = () => Array.from({ length: GROUP_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

function hashOf(userId: UserId, code: string): Buffer {
  return createHash("sha256")
    .update(`${userId} ${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")}`)
    .digest();
}
