import { identifierValues } from "../customers/identifiers/index.ts";
import { totpSeeds } from "../governance/factors/index.ts";
import { providerSecrets } from "../governance/identity-provider/index.ts";
import type { SealedColumn } from "../platform/encryption/index.ts";

/** Every column whose values are encrypted (docs/decisions/0016). */
export const sealedColumns: readonly SealedColumn[] = [identifierValues, totpSeeds, providerSecrets];
