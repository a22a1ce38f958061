export { bringConsents } from "./bring-consents.ts";
export type { ContactChannel, ContactPurpose, SaidConsent } from "./contract.ts";
export { CLAIMED_MAX, type ContactDecision, claimContact, claimContacts, mayContact, mayProfile, refusalsAmong } from "./may-contact.ts";
export { hasConsents, listFirstRecords } from "./store.ts";
