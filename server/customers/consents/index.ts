export { changeBasisAct } from "./change-basis.ts";
export { CLAIMED_MAX, type ContactDecision, claimContact, claimContacts, mayContact, mayProfile } from "./may-contact.ts";
export { publishTextAct } from "./publish-text.ts";
