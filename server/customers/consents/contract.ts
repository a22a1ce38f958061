import { z } from "zod";
import { Outcome } from "../../governance/approvals/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "consents";

export const contactPurposes = ["legal", "service", "marketing", "research", "profiling", "sharing"] as const;
export const ContactPurpose = z.enum(contactPurposes);
export type ContactPurpose = z.infer<typeof ContactPurpose>;

/** `any` stands for all channels, those to come included; the only one of purposes that reach nobody (profiling, sharing). */
export const contactChannels = ["any", "phone", "email", "sms", "messaging", "post", "in_person", "in_app"] as const;
export const ContactChannel = z.enum(contactChannels);
export type ContactChannel = z.infer<typeof ContactChannel>;

/** On which a purpose may stand, the usual one first. Direct marketing rests on no contract; what reaches nobody but partners only on consent. */
export const basesOf = {
  legal: ["legal_obligation"],
  service: ["contract", "legitimate_interest"],
  marketing: ["consent", "legitimate_interest"],
  research: ["consent", "legitimate_interest"],
  profiling: ["legitimate_interest", "consent"],
  sharing: ["consent"],
} as const satisfies Record<ContactPurpose, readonly string[]>;

export const lawfulBases = ["consent", "contract", "legal_obligation", "legitimate_interest"] as const;
export const LawfulBasis = z.enum(lawfulBases);
export const consentActs = ["given", "withdrawn", "objected", "objection_lifted", "basis"] as const;
export const ConsentAct = z.enum(consentActs);
export type ConsentAct = z.infer<typeof ConsentAct>;
export const waysObtained = ["branch", "phone", "letter", "email", "website", "app"] as const;

export const refusalReasons = [
  "unknown_customer",
  "unknown_purpose",
  "deceased",
  "restricted", // being erased
  "suppressed", // an address of somebody who was erased
  "objected",
  "withdrawn",
  "no_consent",
] as const;
/** Why it is not allowed, and the record on which it was said. */
export const Refusal = z.object({ reason: z.enum(refusalReasons), partyId: z.uuid().nullable() });
export type Refusal = z.infer<typeof Refusal>;

const Locale = z.enum(["en", "ar", "fa", "zh", "es"]);
const CustomerParams = z.strictObject({ customerId: z.uuid() });
const DECISIONS_MAX = contactPurposes.length * contactChannels.length;

/** What holds for one purpose by one channel. No refusals: allowed. */
export const Decision = z.object({ channel: ContactChannel, refusals: z.array(Refusal).max(200) });
export const PurposeStanding = z.object({
  purpose: ContactPurpose,
  /** The bank's for everybody; single records may have their own. */
  lawfulBasis: LawfulBasis,
  directMarketing: z.boolean(),
  decisions: z.array(Decision).max(DECISIONS_MAX),
});
export type PurposeStanding = z.infer<typeof PurposeStanding>;

export const ConsentEntry = z.object({
  consentId: z.uuid(),
  partyId: z.uuid(),
  purpose: ContactPurpose,
  channel: ContactChannel,
  act: ConsentAct,
  lawfulBasis: LawfulBasis.nullable(),
  textVersion: z.int().nullable(),
  textLocale: Locale.nullable(),
  happenedAt: Instant,
  obtainedBy: z.enum(waysObtained),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  recordedByName: z.string().nullable(),
  recordedAt: Instant,
});
export type ConsentEntry = z.infer<typeof ConsentEntry>;

export const HISTORY_MAX = 200;
export const readConsents = endpoint({
  name: "readConsents",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/consents",
  summary:
    "What a customer allowed, forbade or objected to: what holds now for each purpose and channel and why, and all that was recorded",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    standing: z.array(PurposeStanding).max(contactPurposes.length),
    /** The records a consent can hang on. */
    records: z.array(z.object({ partyId: z.uuid(), sourceName: z.string(), fullName: z.string() })).max(200),
    /** Newest first. */
    history: z.array(ConsentEntry).max(HISTORY_MAX),
  }),
  errors: ["not_found"],
});

export const listConsentTexts = endpoint({
  name: "listConsentTexts",
  tag,
  method: "GET",
  path: "/api/consent-texts",
  summary: "The words a customer agrees to, the version of today of each purpose in five languages",
  access: "customer:read",
  answer: z.object({
    texts: z
      .array(z.object({ purpose: ContactPurpose, version: z.int(), locale: Locale, body: z.string() }))
      .max(contactPurposes.length * 5),
  }),
});

/** `happenedAt` may lie in the past: a letter counts from its arrival. */
export const SaidConsent = z.strictObject({
  partyId: z.uuid(),
  purpose: ContactPurpose,
  channel: ContactChannel,
  act: ConsentAct,
  /** With `basis` only, which needs privacy:manage: why this record is worked on without asking, or that it is not. */
  lawfulBasis: LawfulBasis.optional(),
  /** With `given` only: the words that were agreed to. */
  text: z.strictObject({ version: z.int().min(1), locale: Locale }).optional(),
  happenedAt: z.iso.datetime({ offset: true }).optional(),
  obtainedBy: z.enum(waysObtained),
  reference: z.string().trim().min(1).max(200).optional(),
  note: z.string().trim().min(1).max(1000).optional(),
});
export type SaidConsent = z.infer<typeof SaidConsent>;

export const recordConsent = endpoint({
  name: "recordConsent",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/consents",
  summary: "Record what a customer said: consent given or withdrawn, an objection or its end, with the evidence for it",
  access: "consent:record",
  params: CustomerParams,
  body: SaidConsent,
  answer: z.object({ consentId: z.uuid() }),
  errors: ["not_found", "invalid_input", "invalid_state"],
});

// ---------------------------------------------------------------- the bank's side of it

/** One more is refused: the words of so many years are history. */
export const TEXT_VERSIONS_MAX = 50;
const TEXT_MIN = 20;
export const TEXT_MAX = 2_000;

export const Purpose = z.object({
  purpose: ContactPurpose,
  lawfulBasis: LawfulBasis,
  /** What it may be changed to. */
  bases: z.array(LawfulBasis).max(lawfulBases.length),
  directMarketing: z.boolean(),
  /** Of the basis; a change names it. */
  version: z.int(),
  reason: z.string().nullable(),
  changedAt: Instant.nullable(),
  changedByName: z.string().nullable(),
  /** null: nobody is asked to agree to it. */
  text: z.object({ version: z.int(), publishedAt: Instant }).nullable(),
});
export type Purpose = z.infer<typeof Purpose>;

export const listPurposes = endpoint({
  name: "listPurposes",
  tag,
  method: "GET",
  path: "/api/purposes",
  summary: "What the bank contacts and profiles its customers for, on which lawful basis, and which words they agree to",
  access: "privacy:manage",
  answer: z.object({ purposes: z.array(Purpose).max(contactPurposes.length) }),
});

const PurposeParams = z.strictObject({ purpose: ContactPurpose });
const Body = z.string().trim().min(TEXT_MIN).max(TEXT_MAX);
export const ConsentBodies = z.strictObject({ en: Body, ar: Body, fa: Body, zh: Body, es: Body });
export type ConsentBodies = z.infer<typeof ConsentBodies>;

export const listTextVersions = endpoint({
  name: "listTextVersions",
  tag,
  method: "GET",
  path: "/api/purposes/:purpose/texts",
  summary: "All words that customers ever agreed to for a purpose, newest first",
  access: "privacy:manage",
  params: PurposeParams,
  answer: z.object({
    versions: z
      .array(
        z.object({
          version: z.int(),
          publishedAt: Instant,
          publishedByName: z.string().nullable(),
          bodies: z.record(Locale, z.string()),
        }),
      )
      .max(TEXT_VERSIONS_MAX),
  }),
});

export const publishText = endpoint({
  name: "publishText",
  tag,
  method: "POST",
  path: "/api/purposes/:purpose/texts",
  summary: "Ask to have new words in all languages; somebody else approves. Who agreed to the words of before has agreed to those",
  access: "privacy:manage",
  params: PurposeParams,
  /** `version` is the next one. */
  body: z.strictObject({ version: z.int().min(2), bodies: ConsentBodies, reason: z.string().trim().min(3).max(500) }),
  answer: Outcome,
  errors: ["conflict", "invalid_state", "limit_reached"],
});

export const changeBasis = endpoint({
  name: "changeBasis",
  tag,
  method: "PUT",
  path: "/api/purposes/:purpose/basis",
  summary: "Ask to rest a purpose on another lawful basis; somebody else approves",
  access: "privacy:manage",
  params: PurposeParams,
  body: z.strictObject({ lawfulBasis: LawfulBasis, version: z.int().min(1), reason: z.string().trim().min(3).max(500) }),
  answer: Outcome,
  errors: ["conflict", "invalid_state"],
});
