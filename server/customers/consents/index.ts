export { type ContactDecision, claimContact, mayContact, mayProfile } from "./may-contact.ts";
