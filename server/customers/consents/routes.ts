import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listConsentTexts, readConsents } from "./read-consents.ts";
import { recordConsent } from "./record-consent.ts";

export const consentRoutes: Route[] = [
  route(contract.readConsents, ({ tx, caller, params }) => readConsents(tx, caller, params.customerId)),
  route(contract.listConsentTexts, ({ tx, caller }) => listConsentTexts(tx, caller)),
  route(contract.recordConsent, ({ tx, caller, clock, params, body }) => recordConsent(tx, caller, clock, params.customerId, body)),
];
