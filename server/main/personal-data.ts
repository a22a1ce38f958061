import { consentData } from "../customers/consents/personal-data.ts";
import { emergencyData } from "../customers/emergency/personal-data.ts";
import { erasureData } from "../customers/erasure/personal-data.ts";
import { historyData } from "../customers/history/personal-data.ts";
import { holdingData } from "../customers/holdings/personal-data.ts";
import { holdData } from "../customers/holds/personal-data.ts";
import { identityData } from "../customers/identity/personal-data.ts";
import { intakeData } from "../customers/intake/personal-data.ts";
import { privacyData } from "../customers/privacy/personal-data.ts";
import { profileData } from "../customers/profiles/personal-data.ts";
import { qualityData } from "../customers/quality/personal-data.ts";
import { relationData } from "../customers/relations/personal-data.ts";
import { revealData } from "../customers/reveal/personal-data.ts";
import { customerSealData } from "../customers/seals/personal-data.ts";
import { valueData } from "../customers/values/personal-data.ts";
import { accessData } from "../governance/access/personal-data.ts";
import { approvalData } from "../governance/approvals/personal-data.ts";
import { auditData } from "../governance/audit/personal-data.ts";
import { auditSealData } from "../governance/audit-seals/personal-data.ts";
import { egressData } from "../governance/egress/personal-data.ts";
import { encryptionData } from "../governance/encryption/personal-data.ts";
import { factorData } from "../governance/factors/personal-data.ts";
import { identityProviderData } from "../governance/identity-provider/personal-data.ts";
import { keyData } from "../governance/keys/personal-data.ts";
import { noticeData } from "../governance/notices/personal-data.ts";
import { organisationData } from "../governance/organisation/personal-data.ts";
import { provisioningData } from "../governance/provisioning/personal-data.ts";
import { wallData } from "../governance/walls/personal-data.ts";
import { creditData } from "../intelligence/credit/personal-data.ts";
import { factData } from "../intelligence/facts/personal-data.ts";
import { fraudData } from "../intelligence/fraud/personal-data.ts";
import { offerData } from "../intelligence/offers/personal-data.ts";
import { profitData } from "../intelligence/profit/personal-data.ts";
import { reportData } from "../intelligence/reports/personal-data.ts";
import { scoreData } from "../intelligence/scores/personal-data.ts";
import { segmentData } from "../intelligence/segments/personal-data.ts";
import type { DataMap } from "../platform/data-map/index.ts";
import { platformData } from "../platform/data-map/index.ts";

/** What every table keeps of people. A table or column that stands in none of these fails `npm run check`. */
export const personalData: readonly DataMap[] = [
  consentData,
  erasureData,
  holdData,
  historyData,
  holdingData,
  identityData,
  intakeData,
  privacyData,
  profileData,
  qualityData,
  profitData,
  relationData,
  customerSealData,
  valueData,
  accessData,
  approvalData,
  auditData,
  factorData,
  encryptionData,
  organisationData,
  auditSealData,
  wallData,
  platformData,
  emergencyData,
  revealData,
  egressData,
  noticeData,
  scoreData,
  creditData,
  keyData,
  identityProviderData,
  provisioningData,
  fraudData,
  factData,
  segmentData,
  offerData,
  reportData,
];
