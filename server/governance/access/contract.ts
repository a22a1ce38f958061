import { z } from "zod";
import { CalendarId } from "../../platform/calendar/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { Permission, permissions } from "../permissions/contract.ts";

export const roleIds = [
  "relationship_manager",
  "branch_manager",
  "analyst",
  "data_steward",
  "administrator",
  "auditor",
  "compliance_officer",
  "operator",
] as const;
export const RoleId = z.enum(roleIds);
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

export const HeldRole = z.object({ roleId: RoleId, unitId: z.uuid(), unitName: z.string() });

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
    .array(z.object({ login: z.string(), displayName: z.string(), roleId: RoleId, unitName: z.string(), locale: Locale }))
    .max(20),
  demoPassword: z.string().nullable(),
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

export const signIn = endpoint({
  name: "signIn",
  tag: "session",
  method: "POST",
  path: "/api/session",
  summary: "Sign in with login and password; sets the session cookie",
  access: "public",
  body: z.strictObject({ login: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) }),
  answer: Session,
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
