/**
 * How one party can stand to another: "A is <kind> of B". Each kind with its inverse ("B is <inverse> of A"); a kind that is its own inverse goes both
 * ways. Of each pair the first is the one that is kept.
 */
const pairs = [
  ["spouse", "spouse"],
  ["partner", "partner"],
  ["sibling", "sibling"],
  ["parent", "child"],
  ["guardian", "ward"],
  ["employer", "employee"],
  ["director", "directed_company"],
  ["shareholder", "owned_company"],
  ["beneficial_owner", "beneficially_owned_company"],
  ["parent_company", "subsidiary"],
  ["guarantor", "guaranteed_party"],
  ["power_of_attorney", "principal"],
  ["authorised_signatory", "signed_for"],
  ["key_contact", "contact_for"],
] as const;

export type KeptKind = (typeof pairs)[number][0];
export type RelationKind = (typeof pairs)[number][number];

export const keptKinds: readonly KeptKind[] = pairs.map(([kept]) => kept);
export const relationKinds = [...new Set<RelationKind>(pairs.flat())] as [RelationKind, ...RelationKind[]];

const inverses = new Map<RelationKind, RelationKind>(
  pairs.flatMap(([kept, inverse]): [RelationKind, RelationKind][] => [
    [kept, inverse],
    [inverse, kept],
  ]),
);

export function inverseOf(kind: RelationKind): RelationKind {
  const inverse = inverses.get(kind);
  if (inverse === undefined) throw new Error(`no kind of relation: ${kind}`);
  return inverse;
}

export function isKept(kind: RelationKind): kind is KeptKind {
  return (keptKinds as readonly RelationKind[]).includes(kind);
}

/** The kept word of the pair, and whether the two sides change places for it. */
export function keptFormOf(kind: RelationKind): { readonly kind: KeptKind; readonly swapped: boolean } {
  if (isKept(kind)) return { kind, swapped: false };
  const kept = inverseOf(kind);
  if (!isKept(kept)) throw new Error(`neither ${kind} nor ${kept} is kept`);
  return { kind: kept, swapped: true };
}

/** Kinds that may carry a share of the capital. */
export const kindsWithShare: readonly RelationKind[] = ["shareholder", "owned_company", "beneficial_owner", "beneficially_owned_company"];
