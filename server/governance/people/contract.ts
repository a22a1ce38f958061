import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { Locale } from "../access/contract.ts";
import { Grant } from "../roles/contract.ts";

const DisplayName = z.string().trim().min(1).max(120);
const Email = z.email().max(200);
const PersonParams = z.strictObject({ userId: z.uuid() });
const Version = z.int().min(1);

export const Person = z.object({
  userId: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  /** Somebody other than the person has said that the address is theirs: the identity provider may link by it. */
  emailConfirmed: z.boolean(),
  homeUnitId: z.uuid(),
  homeUnitName: z.string(),
  active: z.boolean(),
  version: z.int(),
  grants: z.array(Grant).max(100),
  factors: z.object({ password: z.boolean(), totp: z.boolean(), recoveryCodes: z.int(), passkeys: z.int() }),
  /** By which identity providers the person signs in. */
  providers: z.array(z.object({ issuer: z.string(), linkedAt: Instant, lastUsedAt: Instant.nullable() })).max(10),
  /** An open link by which the person may set a password. */
  link: z.object({ kind: z.enum(["invite", "reset"]), expiresAt: Instant }).nullable(),
});
export type Person = z.infer<typeof Person>;

export const readPerson = endpoint({
  name: "readPerson",
  tag: "people",
  method: "GET",
  path: "/api/people/:userId",
  summary: "A colleague's account, grants and factors",
  access: "user:manage",
  params: PersonParams,
  answer: Person,
  errors: ["not_found"],
});

/** Shown once, to be handed over. */
export const Link = z.object({ url: z.url(), kind: z.enum(["invite", "reset"]), expiresAt: Instant });
export type Link = z.infer<typeof Link>;

export const createPerson = endpoint({
  name: "createPerson",
  tag: "people",
  method: "POST",
  path: "/api/people",
  summary: "Add a colleague, who sets a password by the link in the answer",
  access: "user:manage",
  body: z.strictObject({
    login: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,99}$/u),
    displayName: DisplayName,
    email: Email.nullable().default(null),
    homeUnitId: z.uuid(),
    locale: Locale.default("en"),
  }),
  answer: z.object({ userId: z.uuid(), link: Link }),
  errors: ["conflict", "not_found"],
});

export const changePerson = endpoint({
  name: "changePerson",
  tag: "people",
  method: "PATCH",
  path: "/api/people/:userId",
  summary: "Change a colleague's name, address or unit",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({
    version: Version,
    displayName: DisplayName.optional(),
    email: Email.nullable().optional(),
    homeUnitId: z.uuid().optional(),
  }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const setPersonActive = endpoint({
  name: "setPersonActive",
  tag: "people",
  method: "PUT",
  path: "/api/people/:userId/state",
  summary: "Close an account at once, with everything open in its name, or open it again",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({ version: Version, active: z.boolean() }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});

export const confirmEmail = endpoint({
  name: "confirmEmail",
  tag: "people",
  method: "PUT",
  path: "/api/people/:userId/email-confirmation",
  summary: "Say that a colleague's address is the colleague's, so that the identity provider may link by it",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({ version: Version }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const makeLink = endpoint({
  name: "makeLink",
  tag: "people",
  method: "POST",
  path: "/api/people/:userId/link",
  summary: "A new link to set a password; those of before are void. An invitation for who never had one, else a reset",
  access: "user:manage",
  params: PersonParams,
  answer: Link,
  errors: ["not_found", "invalid_state", "step_up_needed"],
});

export const removeFactors = endpoint({
  name: "removeFactors",
  tag: "people",
  method: "POST",
  path: "/api/people/:userId/factors/removal",
  summary: "Remove authenticator app, passkeys and recovery codes of who lost them; their sessions end",
  access: "user:manage",
  params: PersonParams,
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});

/** 256 random bits. */
const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const lookAtLink = endpoint({
  name: "lookAtLink",
  tag: "session",
  method: "POST",
  path: "/api/session/link",
  summary: "Whose password a link sets",
  access: "public",
  body: z.strictObject({ token: Token }),
  answer: z.object({ login: z.string(), displayName: z.string(), kind: z.enum(["invite", "reset"]), bankName: z.string() }),
  errors: ["not_found"],
});

export const PASSWORD_CHARACTERS_MIN = 12;

export const redeemLink = endpoint({
  name: "redeemLink",
  tag: "session",
  method: "POST",
  path: "/api/session/link/password",
  summary: "Set one's password by a link, once; sessions of before end",
  access: "public",
  body: z.strictObject({ token: Token, password: z.string().min(PASSWORD_CHARACTERS_MIN).max(200) }),
  answer: z.object({ login: z.string() }),
  errors: ["not_found", "invalid_input"],
});
