export { CLAIMED_MAX, type ContactDecision, claimContact, claimContacts, mayContact, mayProfile } from "./may-contact.ts";
