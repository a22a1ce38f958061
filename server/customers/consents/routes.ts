import { type Route, route } from "../../platform/http/index.ts";
import { changeBasis } from "./change-basis.ts";
import * as contract from "./contract.ts";
import { publishText } from "./publish-text.ts";
import { listPurposes, listTextVersions } from "./purposes.ts";
import { listConsentTexts, readConsents } from "./read-consents.ts";
import { recordConsent } from "./record-consent.ts";

export const consentRoutes: Route[] = [
  route(contract.readConsents, ({ tx, caller, params }) => readConsents(tx, caller, params.customerId)),
  route(contract.listConsentTexts, ({ tx, caller }) => listConsentTexts(tx, caller)),
  route(contract.recordConsent, ({ tx, caller, clock, params, body }) => recordConsent(tx, caller, clock, params.customerId, body)),
  route(contract.listPurposes, ({ tx, caller }) => listPurposes(tx, caller)),
  route(contract.listTextVersions, ({ tx, caller, params }) => listTextVersions(tx, caller, params.purpose)),
  route(contract.publishText, ({ tx, caller, clock, params, body }) => publishText(tx, caller, clock, { ...params, ...body })),
  route(contract.changeBasis, ({ tx, caller, clock, params, body }) => changeBasis(tx, caller, clock, { ...params, ...body })),
];
