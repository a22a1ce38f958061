import { z } from "zod";
import { CalendarId } from "../../platform/calendar/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { Permission, permissions } from "../permissions/contract.ts";

/** The roles of the product. A bank makes others of its own. */
export const roleIds = [
  "relationship_manager",
  "branch_manager",
  "analyst",
  "data_steward",
  "administrator",
  "auditor",
  "compliance_officer",
  "privacy_officer",
  "marketing_manager",
  "finance_manager",
  "risk_officer",
  "fraud_analyst",
  "payment_switch",
  "data_scientist",
  "operator",
] as const;
export const RoleId = z.string().regex(/^[a-z][a-z0-9_-]{2,59}$/);
export type RoleId = z.infer<typeof RoleId>;

export const Locale = z.enum(["en", "ar", "fa", "zh", "es"]);
export type Locale = z.infer<typeof Locale>;

/** How a person wants to see things. `digits`: "local" follows the language, "latin" is always 0-9. */
export const Preferences = z.strictObject({
  locale: Locale,
  calendar: CalendarId,
  digits: z.enum(["local", "latin"]),
  theme: z.enum(["system", "light", "dark"]),
});
export type Preferences = z.infer<typeof Preferences>;

/** `roleName` is null for a role of the product, which has a name in every language. `deputyFor`: whose role it is, when it is held in their stead. */
export const HeldRole = z.object({
  roleId: RoleId,
  roleName: z.string().nullable(),
  unitId: z.uuid(),
  unitName: z.string(),
  deputyFor: z.string().nullable(),
});

export const Session = z.object({
  user: z.object({
    userId: z.uuid(),
    login: z.string(),
    displayName: z.string(),
    homeUnit: z.object({ unitId: z.uuid(), name: z.string(), kind: z.string() }),
    roles: z.array(HeldRole).max(50),
    preferences: Preferences,
    /** Counts changes of this person's record; send it back when changing preferences. */
    version: z.int(),
  }),
  permissions: z.array(Permission).max(permissions.length),
  bank: z.object({ name: z.string(), reportingCurrency: z.string(), demo: z.boolean() }),
});
export type Session = z.infer<typeof Session>;

export const Welcome = z.object({
  bankName: z.string(),
  /** Whom one can sign in as; only on a demo bank, else empty. */
  demoPeople: z
    .array(
      z.object({
        login: z.string(),
        displayName: z.string(),
        roleId: RoleId,
        roleName: z.string().nullable(),
        unitName: z.string(),
        locale: Locale,
      }),
    )
    .max(20),
  demoPassword: z.string().nullable(),
  /** The bank's own identity provider, by the name on its button; null when there is none in use. */
  provider: z.object({ name: z.string() }).nullable(),
  /** "emergency": everybody comes by the provider but a few named accounts. */
  localSignIn: z.enum(["everybody", "emergency"]),
});
export type Welcome = z.infer<typeof Welcome>;

export const readWelcome = endpoint({
  name: "readWelcome",
  tag: "session",
  method: "GET",
  path: "/api/welcome",
  summary: "What the sign-in page shows",
  access: "public",
  answer: Welcome,
});

const Credentials = z.strictObject({ login: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) });

export const signIn = endpoint({
  name: "signIn",
  tag: "session",
  method: "POST",
  path: "/api/session",
  summary: "Sign in with login and password; sets the session cookie",
  access: "public",
  body: Credentials.extend({
    /** Six digits of an authenticator app, or a recovery code; asked for by second_factor_needed. */
    code: z.string().trim().min(6).max(40).optional(),
  }),
  answer: Session,
  errors: ["sign_in_failed", "second_factor_needed"],
});

export const enrolTotp = endpoint({
  name: "enrolTotp",
  tag: "session",
  method: "POST",
  path: "/api/session/second-factor",
  summary:
    "Where a second factor is required and the person has none: a seed for an authenticator app, valid with its first code at signIn",
  access: "public",
  body: Credentials,
  answer: z.object({ seed: z.string(), uri: z.string() }),
  errors: ["sign_in_failed"],
});

export const readSession = endpoint({
  name: "readSession",
  tag: "session",
  method: "GET",
  path: "/api/session",
  summary: "Who is signed in, with what rights; null when nobody is",
  access: "public",
  answer: Session.nullable(),
});

export const signOut = endpoint({
  name: "signOut",
  tag: "session",
  method: "DELETE",
  path: "/api/session",
  summary: "End this session at once",
  access: "signed_in",
  answerKind: "none",
});

export const updatePreferences = endpoint({
  name: "updatePreferences",
  tag: "session",
  method: "PATCH",
  path: "/api/session/preferences",
  summary: "Change one's own language, calendar, digits or theme",
  access: "signed_in",
  body: z.strictObject({ ...Preferences.partial().shape, version: z.int().min(1) }),
  answer: Session,
  errors: ["conflict"],
});

/** Options and answers of WebAuthn, as the browser makes and takes them. */
const PasskeyJson = z.record(z.string().max(100), z.unknown());
export const PasskeyChallenge = z.object({ challengeId: z.uuid(), options: PasskeyJson });
export type PasskeyChallenge = z.infer<typeof PasskeyChallenge>;
export const PasskeyAnswer = z.strictObject({ challengeId: z.uuid(), response: PasskeyJson });

export const askForPasskey = endpoint({
  name: "askForPasskey",
  tag: "session",
  method: "POST",
  path: "/api/session/passkey/challenge",
  summary: "What a passkey is to sign for signing in",
  access: "public",
  answer: PasskeyChallenge,
});

export const signInByPasskey = endpoint({
  name: "signInByPasskey",
  tag: "session",
  method: "POST",
  path: "/api/session/passkey",
  summary: "Sign in with a passkey; sets the session cookie",
  access: "public",
  body: PasskeyAnswer,
  answer: Session,
  errors: ["sign_in_failed"],
});

export const askForStepUp = endpoint({
  name: "askForStepUp",
  tag: "session",
  method: "POST",
  path: "/api/session/step-up/challenge",
  summary: "What one's own passkey is to sign to prove oneself",
  access: "signed_in",
  answer: PasskeyChallenge,
});

export const proveStepUp = endpoint({
  name: "proveStepUp",
  tag: "session",
  method: "POST",
  path: "/api/session/step-up",
  summary: "Prove for one exact act, named by the hash in step_up_needed, that it is oneself; renews the session cookie",
  access: "signed_in",
  body: z.strictObject({
    actionHash: z.string().regex(/^[0-9a-f]{64}$/),
    password: z.string().min(1).max(200).optional(),
    code: z.string().trim().min(6).max(40).optional(),
    passkey: PasskeyAnswer.optional(),
  }),
  answerKind: "none",
  errors: ["sign_in_failed"],
});

export const OpenSession = z.object({
  sessionId: z.uuid(),
  createdAt: Instant,
  lastSeenAt: Instant,
  ipAddress: z.string().nullable(),
  userAgent: z.string(),
  method: z.enum(["password", "totp", "recovery_code", "passkey", "oidc"]),
  /** The one that asks. */
  current: z.boolean(),
});
export type OpenSession = z.infer<typeof OpenSession>;

const OfPerson = z.strictObject({ userId: z.uuid() });

export const listSessions = endpoint({
  name: "listSessions",
  tag: "session",
  method: "GET",
  path: "/api/people/:userId/sessions",
  summary: "Open sessions of oneself, or (user:manage) of anybody",
  access: "signed_in",
  params: OfPerson,
  answer: z.object({ sessions: z.array(OpenSession).max(50) }),
});

export const endSession = endpoint({
  name: "endSession",
  tag: "session",
  method: "DELETE",
  path: "/api/people/:userId/sessions/:sessionId",
  summary: "End one session at once",
  access: "signed_in",
  from: "browser",
  params: OfPerson.extend({ sessionId: z.uuid() }),
  answerKind: "none",
  errors: ["not_found", "step_up_needed"],
});

export const endAllSessions = endpoint({
  name: "endAllSessions",
  tag: "session",
  method: "DELETE",
  path: "/api/people/:userId/sessions",
  summary: "End all sessions of a person at once; of oneself all others",
  access: "signed_in",
  from: "browser",
  params: OfPerson,
  answer: z.object({ ended: z.int() }),
  errors: ["step_up_needed"],
});

export const SessionLimits = z.strictObject({
  idleMinutes: z.int().min(1).max(60),
  absoluteHours: z.int().min(1).max(24),
  perPersonMax: z.int().min(1).max(20),
  /** "required": nobody gets in by a password alone; who has no second factor yet sets one up at the next sign-in. */
  secondFactor: z.enum(["offered", "required"]),
});

export const readSessionLimits = endpoint({
  name: "readSessionLimits",
  tag: "session",
  method: "GET",
  path: "/api/settings/sessions",
  summary: "After what time sessions end, how many a person may have, and whether a second factor is required",
  access: "user:manage",
  answer: SessionLimits,
});

export const saveSessionLimits = endpoint({
  name: "saveSessionLimits",
  tag: "session",
  method: "PUT",
  path: "/api/settings/sessions",
  summary: "Set after what time sessions end, which holds at once, and whether a second factor is required, from the next sign-in on",
  access: "user:manage",
  body: SessionLimits,
  answer: SessionLimits,
});
