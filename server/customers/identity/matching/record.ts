/** One party as one source knows it, as far as it helps to tell whether two parties are one. Everything but the first three may be missing. */
export interface MatchRecord {
  readonly source: string;
  /** Unique within its source; source and key decide ties, so that the order of arrival never matters. */
  readonly key: string;
  readonly kind: "person" | "organisation";
  /** Every spelling known, in any script; at most 4 are used. */
  readonly names?: readonly MatchName[];
  /** YYYY-MM-DD; unknown parts as 00: "1980-00-00". Companies: founded. */
  readonly birthDate?: string;
  readonly sex?: string;
  /** At most 3 are used. */
  readonly addresses?: readonly MatchAddress[];
  /** E.164 where known, else digits; at most 4 are used. */
  readonly phones?: readonly string[];
  /** At most 4 are used. */
  readonly emails?: readonly string[];
  /** At most 4 are used. */
  readonly identifiers?: readonly MatchIdentifier[];
  readonly nationality?: string;
  readonly legalForm?: string;
}

/** `full` as written, or its parts; parts say which word is the family name, so give them where they are known. */
export interface MatchName {
  readonly full?: string;
  readonly given?: string;
  readonly family?: string;
}

export interface MatchAddress {
  /** Street, building, district in any order; the house number may be in here too. */
  readonly line?: string;
  readonly number?: string;
  readonly postalCode?: string;
  readonly city?: string;
}

export interface MatchIdentifier {
  /** national_id, tax_id, passport, registration, lei … */
  readonly scheme: string;
  readonly country?: string;
  readonly value: string;
  readonly verified?: boolean;
}
