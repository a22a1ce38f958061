import { noKnownAdvisory } from "./checks/advisories.ts";
import { attackCasesAreTested } from "./checks/attack-cases.ts";
import { noCodeFromText } from "./checks/code-from-text.ts";
import { folderMapIsTrue } from "./checks/folder-map.ts";
import { generatedFilesAreFresh } from "./checks/generated-fresh.ts";
import { importRulesBite, importRulesHold } from "./checks/import-rules.ts";
import { layoutIsLogical } from "./checks/layout.ts";
import { lockfileIsSound } from "./checks/lockfile.ts";
import { everyMessageInEveryLanguage, everyMessageUsedExists } from "./checks/messages.ts";
import { migrationsAreAppendOnly } from "./checks/migrations.ts";
import { everyColumnHasAClass } from "./checks/personal-data.ts";
import { deadCode, formatAndLint, serverTypes, webTypes } from "./checks/programs.ts";
import { readsThroughViews } from "./checks/reads-through-views.ts";
import type { Step } from "./checks/step.ts";
import { writesStayHome } from "./checks/writes-stay-home.ts";

/** Checks are programs of one thread, most of them. */
export const CHECKS_AT_ONCE = 2;

/** Every check of the repository, in the order in which they begin. */
export const checkSteps: readonly Step[] = [
  formatAndLint,
  serverTypes,
  webTypes,
  importRulesHold,
  importRulesBite,
  deadCode,
  migrationsAreAppendOnly,
  generatedFilesAreFresh,
  writesStayHome,
  readsThroughViews,
  everyColumnHasAClass,
  everyMessageInEveryLanguage,
  everyMessageUsedExists,
  layoutIsLogical,
  folderMapIsTrue,
  lockfileIsSound,
  noKnownAdvisory,
  noCodeFromText,
  attackCasesAreTested,
];
