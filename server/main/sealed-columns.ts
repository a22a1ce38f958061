import { identifierBlinds, identifierValues } from "../customers/identifiers/index.ts";
import { quarantineBlinds } from "../customers/intake/index.ts";
import { searchBlinds } from "../customers/profiles/index.ts";
import { totpSeeds } from "../governance/factors/index.ts";
import { providerSecrets } from "../governance/identity-provider/index.ts";
import type { SealedColumn } from "../platform/encryption/index.ts";

/** Every column whose values are encrypted (docs/decisions/0016), with the places where its blind indexes stand (0018): the numbers come first. */
export const sealedColumns: readonly SealedColumn[] = [
  { ...identifierValues, blindPlaces: [identifierBlinds, quarantineBlinds, searchBlinds] },
  totpSeeds,
  providerSecrets,
];
