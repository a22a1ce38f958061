import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { DomainError } from "../../platform/errors/index.ts";

/** Fewer guesses than 10 to the power of this, and somebody with a copy of the hash has the password within days. zxcvbn's own step from "weak" to "good". */
const GUESSES_LOG10_MIN = 8;
/** What comes after does not make it weaker; the estimate's work grows with the square of the length. */
const CHARACTERS_JUDGED = 64;
/** Words that everybody who attacks this system tries first. */
const ownWords = ["vinculo", "crm", "bank", "banking", "branch"];

/** Person and bank the password is for: their words make it weaker. */
export interface PasswordOwner {
  readonly login: string;
  readonly displayName: string;
  readonly bankName: string;
}

let judge: ZxcvbnFactory | undefined;

/**
 * Refuses a password that holds the login, or that is guessed in fewer than 100 million tries: the 30,000 most used and what is like them, names of the person
 * and the bank, repetitions, rows of keys. Fails with invalid_input, reason `holds_login` or `easily_guessed`.
 * Source: Wheeler, zxcvbn: Low-Budget Password Strength Estimation (USENIX Security 2016); ASVS 5.0 6.2.4, 6.2.11, 6.2.12.
 */
export function requireStrongPassword(password: string, { login, displayName, bankName }: PasswordOwner): void {
  if (password.toLowerCase().includes(login.toLowerCase())) throw weak("holds_login", "the password holds the login");
  judge ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const words = [login, displayName, bankName].flatMap((text) => {
    const parts = text.split(/[^\p{L}\p{N}]+/u);
    return [text, parts.join(""), ...parts];
  });
  const { guessesLog10 } = judge.check(password.slice(0, CHARACTERS_JUDGED), [...words.filter(({ length }) => length > 1), ...ownWords]);
  if (guessesLog10 < GUESSES_LOG10_MIN) throw weak("easily_guessed", "the password is easily guessed");
}

const weak = (reason: "holds_login" | "easily_guessed", message: string) =>
  new DomainError("invalid_input", message, { fields: [{ path: "/password", reason }] });
