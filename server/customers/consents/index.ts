export { bringConsents } from "./bring-consents.ts";
export { changeBasisAct } from "./change-basis.ts";
export type { ContactChannel, ContactPurpose, SaidConsent } from "./contract.ts";
export { CLAIMED_MAX, type ContactDecision, claimContact, claimContacts, mayContact, mayProfile, refusalsAmong } from "./may-contact.ts";
export { publishTextAct } from "./publish-text.ts";
export { hasConsents, listFirstRecords, notProfiled } from "./store.ts";
