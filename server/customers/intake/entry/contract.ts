import { z } from "zod";
import { endpoint, reference } from "../../../platform/http/contract.ts";

const words = (max: number) => z.string().trim().min(1).max(max).optional();
/** Numbers of documents are sealed, and some have the look of a card. */
const number = reference(z.string().trim().min(1).max(60)).optional();
const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .optional();

/** A customer as somebody of the bank enters it. Countries are ISO 3166, languages BCP 47; a phone without its country is taken to be one of `country`. */
export const EnteredCustomer = z.strictObject({
  kind: z.enum(["person", "organisation"]),
  fullName: z.string().trim().min(2).max(200),
  givenName: words(100),
  familyName: words(100),
  latinName: words(200),
  sex: z.enum(["female", "male", "other"]).optional(),
  /** Organisations: founded. */
  bornOn: z.iso.date().optional(),
  nationality: country,
  language: words(35),
  phone: words(40),
  email: words(200),
  line: words(200),
  city: words(100),
  postalCode: words(20),
  country,
  nationalId: number,
  taxId: number,
  passport: number,
  registration: number,
});
export type EnteredCustomer = z.infer<typeof EnteredCustomer>;

const PLACES_MAX = 1_000;
const OTHERS_MAX = 20;
const tag = "customers";

/** Where the caller may enter customers. */
export const listEntryPlaces = endpoint({
  name: "listEntryPlaces",
  tag,
  method: "GET",
  path: "/api/customers/entry/places",
  summary: "The branches and the own portfolios into which the caller may enter customers",
  access: "customer:create",
  answer: z.object({
    branches: z.array(z.object({ code: z.string(), name: z.string(), names: z.record(z.string(), z.string()) })).max(PLACES_MAX),
    portfolios: z.array(z.object({ code: z.string(), name: z.string() })).max(PLACES_MAX),
  }),
});
export const EntryPlacesLimits = { placesMax: PLACES_MAX } as const;

export const enterCustomer = endpoint({
  name: "enterCustomer",
  tag,
  method: "POST",
  path: "/api/customers/entry",
  summary:
    "Enters a new customer by hand, as a source record of its own that only a person's decision joins to another. Refused with conflict (detail.customerIds) while customers the caller may see are surely the same and `others` does not name them",
  access: "customer:create",
  body: z.strictObject({
    /** Made by whoever asks: the same entry sent again is entered once. */
    entryId: z.uuid(),
    customer: EnteredCustomer,
    branchCode: z.string().min(1).max(50),
    portfolioCode: z.string().min(1).max(50).optional(),
    /** Customers who may be the same by their values, and of whom the caller says that they are somebody else. */
    others: z.array(z.uuid()).max(OTHERS_MAX).default([]),
  }),
  answer: z.object({ customerId: z.uuid(), loadId: z.uuid() }),
  errors: ["conflict", "not_found"],
});
