import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { Session } from "../access/contract.ts";

const session = "session";
const tag = "sign-in";

/** Which claim of the provider arrived with what; long values are cut. */
export const Claim = z.object({ name: z.string(), value: z.string() });

/** Why somebody whom the provider knows is let in or not. */
export const matchOutcomes = [
  "known", // linked before
  "links_now", // by the e-mail address that both sides vouch for
  "no_account", // nobody here has this address
  "links_by_hand", // the bank does not link by address
  "email_missing",
  "email_unverified", // the provider does not say that the address is the person's
  "email_unconfirmed", // nobody here has said so
  "email_ambiguous",
  "emergency_account", // signs in without the provider
  "account_closed",
] as const;
export const MatchOutcome = z.enum(matchOutcomes);
export type MatchOutcome = z.infer<typeof MatchOutcome>;

export const Provider = z.object({
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** Whether there is one; it is never read back. */
  hasSecret: z.boolean(),
  linksByEmail: z.boolean(),
  groupClaim: z.string().nullable(),
  enabled: z.boolean(),
  localSignIn: z.enum(["everybody", "emergency"]),
  triedAt: Instant.nullable(),
  version: z.int(),
});
export type Provider = z.infer<typeof Provider>;

export const EMERGENCY_ACCOUNTS_MAX = 5;

export const ProviderSettings = z.object({
  provider: Provider.nullable(),
  emergencyAccounts: z.array(z.object({ userId: z.uuid(), displayName: z.string(), hasPassword: z.boolean() })).max(EMERGENCY_ACCOUNTS_MAX),
  /** What the provider has to be told of this installation. */
  addresses: z.object({ redirect: z.string(), signOut: z.string(), backChannel: z.string() }),
});

export const readProvider = endpoint({
  name: "readProvider",
  tag,
  method: "GET",
  path: "/api/sign-in/provider",
  summary: "How the bank's identity provider is set up, without its secret",
  access: "sign_in:manage",
  from: "browser",
  answer: ProviderSettings,
});

export const saveProvider = endpoint({
  name: "saveProvider",
  tag,
  method: "PUT",
  path: "/api/sign-in/provider",
  summary: "Set up the bank's identity provider; it is asked whether it is there. Taken into use only after it was tried",
  access: "sign_in:manage",
  from: "browser",
  body: z.strictObject({
    /** 0 where there is none yet. */
    version: z.int().min(0),
    name: z.string().trim().min(1).max(60),
    issuer: z.url({ protocol: /^https?$/ }).max(400),
    clientId: z.string().trim().min(1).max(200),
    /** Left out: stays as it is. null: the provider is asked without one. */
    clientSecret: z.string().min(1).max(500).nullable().optional(),
    linksByEmail: z.boolean(),
    groupClaim: z.string().trim().min(1).max(100).nullable(),
    enabled: z.boolean(),
    localSignIn: z.enum(["everybody", "emergency"]),
  }),
  answerKind: "none",
  errors: ["conflict", "invalid_state", "unavailable", "step_up_needed"],
});

export const saveEmergencyAccounts = endpoint({
  name: "saveEmergencyAccounts",
  tag,
  method: "PUT",
  path: "/api/sign-in/emergency-accounts",
  summary: "Name who signs in without the provider when everybody else has to come by it",
  access: "sign_in:manage",
  from: "browser",
  body: z.strictObject({ userIds: z.array(z.uuid()).max(EMERGENCY_ACCOUNTS_MAX) }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});

/** Where the browser goes next, and what only it knows until it comes back. */
export const Departure = z.object({ url: z.string(), state: z.string(), secret: z.string() });
export type Departure = z.infer<typeof Departure>;

/** The query string the provider sent the browser back with. */
const Return = { parameters: z.string().min(1).max(8_000), secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) };

export const beginTrial = endpoint({
  name: "beginTrial",
  tag,
  method: "POST",
  path: "/api/sign-in/provider/trial",
  summary: "Go to the provider as it is set up, in use or not, and look what arrives",
  access: "sign_in:manage",
  from: "browser",
  answer: Departure,
  errors: ["invalid_state"],
});

export const finishTrial = endpoint({
  name: "finishTrial",
  tag,
  method: "POST",
  path: "/api/sign-in/provider/trial/result",
  summary: "Which claims arrived, and whom they would sign in",
  access: "sign_in:manage",
  from: "browser",
  body: z.strictObject(Return),
  answer: z.object({ claims: z.array(Claim).max(100), outcome: MatchOutcome, personName: z.string().nullable() }),
  errors: ["sign_in_failed", "invalid_state"],
});

export const beginProviderSignIn = endpoint({
  name: "beginProviderSignIn",
  tag: session,
  method: "POST",
  path: "/api/session/provider",
  summary: "Where to go to sign in by the bank's identity provider",
  access: "public",
  answer: Departure,
  errors: ["invalid_state"],
});

export const finishProviderSignIn = endpoint({
  name: "finishProviderSignIn",
  tag: session,
  method: "POST",
  path: "/api/session/provider/return",
  summary: "Sign in with what the identity provider sent back; sets the session cookie",
  access: "public",
  body: z.strictObject(Return),
  answer: Session,
  errors: ["sign_in_failed"],
});

const ActionHash = z.string().regex(/^[0-9a-f]{64}$/);

export const beginProviderProof = endpoint({
  name: "beginProviderProof",
  tag: session,
  method: "POST",
  path: "/api/session/provider/proof",
  summary: "Where to go to prove oneself anew at the identity provider, for one exact act",
  access: "signed_in",
  from: "browser",
  body: z.strictObject({ actionHash: ActionHash }),
  answer: Departure,
  errors: ["invalid_state"],
});

export const finishProviderProof = endpoint({
  name: "finishProviderProof",
  tag: session,
  method: "POST",
  path: "/api/session/provider/proof/return",
  summary: "Keep the proof the identity provider gave; renews the session cookie",
  access: "signed_in",
  from: "browser",
  body: z.strictObject(Return),
  answerKind: "none",
  errors: ["sign_in_failed"],
});

export const leaveSession = endpoint({
  name: "leaveSession",
  tag: session,
  method: "POST",
  path: "/api/session/leaving",
  summary: "End this session at once, and say where to end it at the identity provider too",
  access: "signed_in",
  from: "browser",
  answer: z.object({ logoutUrl: z.string().nullable() }),
});

export const endSessionsByProvider = endpoint({
  name: "endSessionsByProvider",
  tag: session,
  method: "POST",
  path: "/api/session/provider/back-channel-logout",
  summary: "The identity provider says that sessions are over (OpenID Connect Back-Channel Logout 1.0)",
  access: "public",
  from: "program",
  acceptsForm: true,
  body: z.strictObject({ logout_token: z.string().min(1).max(8_000) }),
  answerKind: "none",
  errors: ["invalid_input", "invalid_state"],
});

export const unlinkPerson = endpoint({
  name: "unlinkPerson",
  tag: "people",
  method: "DELETE",
  path: "/api/people/:userId/provider-link",
  summary:
    "Take back that a colleague signs in by the identity provider; their sessions end, and nothing links the account again by itself",
  access: "user:manage",
  from: "browser",
  params: z.strictObject({ userId: z.uuid() }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});
