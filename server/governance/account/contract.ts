import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { PasskeyAnswer, PasskeyChallenge } from "../access/contract.ts";

export const Account = z.object({
  password: z.boolean(),
  totp: z.boolean(),
  recoveryCodes: z.int(),
  passkeys: z.array(z.object({ credentialId: z.string(), name: z.string(), createdAt: Instant, lastUsedAt: Instant.nullable() })).max(10),
});
export type Account = z.infer<typeof Account>;

export const readAccount = endpoint({
  name: "readAccount",
  tag: "account",
  method: "GET",
  path: "/api/account",
  summary: "What proves oneself: how many of each, never what they are",
  access: "signed_in",
  answer: Account,
});

const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).max(10) });

export const beginTotp = endpoint({
  name: "beginTotp",
  tag: "account",
  method: "POST",
  path: "/api/account/totp",
  summary: "A seed for an authenticator app, valid after it is confirmed by a code",
  access: "signed_in",
  answer: z.object({ seed: z.string(), uri: z.string() }),
  errors: ["step_up_needed", "invalid_state"],
});

export const confirmTotp = endpoint({
  name: "confirmTotp",
  tag: "account",
  method: "POST",
  path: "/api/account/totp/confirmation",
  summary: "Confirm the authenticator app by its code; answers recovery codes when there were none",
  access: "signed_in",
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  answer: RecoveryCodes,
  errors: ["invalid_state"],
});

export const removeTotp = endpoint({
  name: "removeTotp",
  tag: "account",
  method: "DELETE",
  path: "/api/account/totp",
  summary: "Remove the authenticator app",
  access: "signed_in",
  answerKind: "none",
  errors: ["step_up_needed", "not_found"],
});

export const renewRecoveryCodes = endpoint({
  name: "renewRecoveryCodes",
  tag: "account",
  method: "POST",
  path: "/api/account/recovery-codes",
  summary: "Ten new recovery codes; those before are worthless",
  access: "signed_in",
  answer: RecoveryCodes,
  errors: ["step_up_needed"],
});

export const beginPasskey = endpoint({
  name: "beginPasskey",
  tag: "account",
  method: "POST",
  path: "/api/account/passkeys/challenge",
  summary: "What the browser is to sign to make a passkey",
  access: "signed_in",
  answer: PasskeyChallenge,
  errors: ["step_up_needed", "invalid_state"],
});

export const addPasskey = endpoint({
  name: "addPasskey",
  tag: "account",
  method: "POST",
  path: "/api/account/passkeys",
  summary: "Add a passkey; answers recovery codes when there were none",
  access: "signed_in",
  body: z.strictObject({ name: z.string().trim().min(1).max(80), ...PasskeyAnswer.shape }),
  answer: RecoveryCodes,
  errors: ["invalid_state"],
});

export const removePasskey = endpoint({
  name: "removePasskey",
  tag: "account",
  method: "POST",
  path: "/api/account/passkeys/removal",
  summary: "Remove a passkey",
  access: "signed_in",
  body: z.strictObject({ credentialId: z.string().min(1).max(1000) }),
  answerKind: "none",
  errors: ["step_up_needed", "not_found"],
});

export const changePassword = endpoint({
  name: "changePassword",
  tag: "account",
  method: "POST",
  path: "/api/account/password",
  summary: "Change one's own password; all other sessions end, and this one begins anew",
  access: "signed_in",
  body: z.strictObject({ password: z.string().min(12).max(200) }),
  answerKind: "none",
  errors: ["step_up_needed", "invalid_input"],
});
