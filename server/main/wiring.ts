import { changeBasisAct, publishTextAct } from "../customers/consents/index.ts";
import { consentRoutes } from "../customers/consents/routes.ts";
import { directoryRoutes } from "../customers/directory/routes.ts";
import { emergencyRoutes } from "../customers/emergency/routes.ts";
import { approveErasureAct } from "../customers/erasure/index.ts";
import { erasureJobs } from "../customers/erasure/jobs.ts";
import { erasureRoutes } from "../customers/erasure/routes.ts";
import { exportRoutes } from "../customers/exports/routes.ts";
import { historyRoutes } from "../customers/history/routes.ts";
import { holdingsRoutes } from "../customers/holdings/routes.ts";
import { holdRoutes } from "../customers/holds/routes.ts";
import { identityJobs } from "../customers/identity/jobs.ts";
import { identityRoutes } from "../customers/identity/routes.ts";
import { intakeJobs } from "../customers/intake/jobs.ts";
import { intakeRoutes } from "../customers/intake/routes.ts";
import { overviewRoutes } from "../customers/overview/routes.ts";
import { portfolioRoutes } from "../customers/portfolios/routes.ts";
import { privacyJobs } from "../customers/privacy/jobs.ts";
import { privacyRoutes } from "../customers/privacy/routes.ts";
import { qualityJobs } from "../customers/quality/jobs.ts";
import { qualityRoutes } from "../customers/quality/routes.ts";
import { relationRoutes } from "../customers/relations/routes.ts";
import { changeRetentionAct } from "../customers/retention/index.ts";
import { retentionJobs } from "../customers/retention/jobs.ts";
import { retentionRoutes } from "../customers/retention/routes.ts";
import { revealRoutes } from "../customers/reveal/routes.ts";
import { sealRoutes } from "../customers/seals/routes.ts";
import { valueRoutes } from "../customers/values/routes.ts";
import { visibilityRoutes } from "../customers/visibility/routes.ts";
import { accessRoutes } from "../governance/access/routes.ts";
import { accountRoutes } from "../governance/account/routes.ts";
import type { Act } from "../governance/approvals/index.ts";
import { approvalRoutes } from "../governance/approvals/routes.ts";
import { auditRoutes } from "../governance/audit/routes.ts";
import { auditSealRoutes } from "../governance/audit-seals/routes.ts";
import { raiseEgressAct } from "../governance/egress/index.ts";
import { egressRoutes } from "../governance/egress/routes.ts";
import { encryptionJobs } from "../governance/encryption/jobs.ts";
import { encryptionRoutes } from "../governance/encryption/routes.ts";
import { identityProviderRoutes } from "../governance/identity-provider/routes.ts";
import { approveKeyAct } from "../governance/keys/index.ts";
import { keyRoutes } from "../governance/keys/routes.ts";
import { noticeRoutes } from "../governance/notices/routes.ts";
import { organisationRoutes } from "../governance/organisation/routes.ts";
import { peopleRoutes } from "../governance/people/routes.ts";
import { provisioningRoutes } from "../governance/provisioning/routes.ts";
import { roleRoutes } from "../governance/roles/routes.ts";
import { wallRoutes } from "../governance/walls/routes.ts";
import { behaviourRoutes } from "../intelligence/behaviour/routes.ts";
import { activatePolicyAct } from "../intelligence/credit/index.ts";
import { creditRoutes } from "../intelligence/credit/routes.ts";
import { factRoutes } from "../intelligence/facts/routes.ts";
import { activateRulesAct } from "../intelligence/fraud/index.ts";
import { fraudJobs } from "../intelligence/fraud/jobs.ts";
import { fraudRoutes } from "../intelligence/fraud/routes.ts";
import { offerConsumers, offerJobs } from "../intelligence/offers/jobs.ts";
import { offerRoutes } from "../intelligence/offers/routes.ts";
import { approveParametersAct } from "../intelligence/profit/index.ts";
import { profitJobs } from "../intelligence/profit/jobs.ts";
import { profitRoutes } from "../intelligence/profit/routes.ts";
import { refreshConsumers, refreshJobs } from "../intelligence/refresh/jobs.ts";
import { reportJobs } from "../intelligence/reports/jobs.ts";
import { reportRoutes } from "../intelligence/reports/routes.ts";
import { approveVersionAct, deployVersionAct } from "../intelligence/scores/index.ts";
import { scoreConsumers, scoreJobs } from "../intelligence/scores/jobs.ts";
import { scoreRoutes } from "../intelligence/scores/routes.ts";
import { segmentJobs } from "../intelligence/segments/jobs.ts";
import { segmentRoutes } from "../intelligence/segments/routes.ts";
import type { Consumer } from "../platform/events/index.ts";
import type { Endpoint } from "../platform/http/contract.ts";
import type { Route } from "../platform/http/index.ts";
import type { JobWork } from "../platform/jobs/index.ts";
import { modelPlans } from "./models.ts";
import { personalData } from "./personal-data.ts";
import { sealedColumns } from "./sealed-columns.ts";
import { readWords } from "./words.ts";

/** What somebody else may have to approve; each needs a policy (governance/approvals). */
export const acts: readonly Act[] = [
  activatePolicyAct,
  activateRulesAct,
  approveErasureAct,
  approveKeyAct,
  approveParametersAct,
  approveVersionAct,
  changeBasisAct,
  changeRetentionAct,
  deployVersionAct,
  publishTextAct,
  raiseEgressAct,
];

/** Every way into the product. What stands here is in OpenAPI, in the fuzzer and in the leak tests; what does not stand here is not served. */
export const routes: readonly Route[] = [
  ...accessRoutes,
  ...organisationRoutes,
  ...accountRoutes,
  ...roleRoutes,
  ...keyRoutes,
  ...encryptionRoutes(sealedColumns),
  ...identityProviderRoutes,
  ...provisioningRoutes,
  ...peopleRoutes,
  ...auditRoutes,
  ...auditSealRoutes,
  ...wallRoutes,
  ...noticeRoutes,
  ...egressRoutes,
  ...approvalRoutes(acts),
  ...directoryRoutes,
  ...overviewRoutes,
  ...consentRoutes,
  ...privacyRoutes,
  ...erasureRoutes(personalData),
  ...holdRoutes,
  ...retentionRoutes,
  ...historyRoutes,
  ...portfolioRoutes,
  ...holdingsRoutes,
  ...identityRoutes,
  ...relationRoutes,
  ...qualityRoutes,
  ...behaviourRoutes,
  ...profitRoutes,
  ...valueRoutes,
  ...visibilityRoutes,
  ...sealRoutes,
  ...revealRoutes,
  ...exportRoutes,
  ...emergencyRoutes,
  ...intakeRoutes,
  ...scoreRoutes,
  ...fraudRoutes,
  ...factRoutes,
  ...creditRoutes,
  ...segmentRoutes,
  ...offerRoutes,
  ...reportRoutes(readWords),
];

export const endpoints: readonly Endpoint[] = routes.map(({ endpoint }) => endpoint);

export const works: readonly JobWork[] = [
  ...encryptionJobs(sealedColumns),
  ...intakeJobs,
  ...identityJobs,
  ...qualityJobs,
  ...profitJobs,
  ...privacyJobs(personalData),
  ...erasureJobs(personalData),
  ...retentionJobs(personalData),
  ...refreshJobs,
  ...scoreJobs(modelPlans),
  ...fraudJobs,
  ...segmentJobs,
  ...offerJobs,
  ...reportJobs(readWords),
];

/** Who wants to know what happened. */
export const consumers: readonly Consumer[] = [...refreshConsumers, ...scoreConsumers, ...offerConsumers];
