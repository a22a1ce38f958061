import { daysBetween, daysToAnniversary, yearsBetween } from "../days.ts";
import { type Holding, isOpen, isOwned, type View } from "./customer.ts";

export type Warning =
  | { readonly kind: "deceased"; readonly on: string }
  | { readonly kind: "defaulted" | "in_arrears" | "blocked" | "dormant"; readonly holding: Holding }
  | { readonly kind: "left" }
  | { readonly kind: "minor"; readonly age: number }
  | { readonly kind: "identifier_expired"; readonly scheme: string; readonly on: string }
  | { readonly kind: "identifier_expires"; readonly scheme: string; readonly on: string; readonly days: number }
  | { readonly kind: "unreachable" }
  | { readonly kind: "matures"; readonly holding: Holding; readonly on: string; readonly days: number }
  | { readonly kind: "birthday"; readonly days: number; readonly age: number }
  | { readonly kind: "quiet"; readonly days: number; readonly since: string };

export type Tone = "bad" | "warn" | "good";

const soonDays = { birthday: 7, matures: 30, identifier: 60 } as const;
const quietDaysMin = 90;
const ageOfMajority = 18;

/** How loudly each is said: what may hurt first, what is a reason to call last. */
export const tones = {
  deceased: "bad",
  defaulted: "bad",
  in_arrears: "bad",
  blocked: "bad",
  left: "warn",
  minor: "warn",
  dormant: "warn",
  identifier_expired: "warn",
  identifier_expires: "warn",
  unreachable: "warn",
  quiet: "warn",
  matures: "good",
  birthday: "good",
} as const satisfies Record<Warning["kind"], Tone>;

const order = Object.keys(tones) as Warning["kind"][];

/** What to know before saying hello, the gravest first. `today` is `YYYY-MM-DD`. */
export function warningsOf(view: View, today: string): Warning[] {
  const { customer } = view;
  if (customer.deceasedOn !== null) return [{ kind: "deceased", on: customer.deceasedOn }, ...troubleOf(view)];
  const open = view.holdings.filter(isOpen);
  return [
    ...troubleOf(view),
    ...(view.holdings.length > 0 && open.length === 0 ? [{ kind: "left" } as const] : []),
    ...personOf(view, today),
    ...identifiersOf(view, today),
    ...(customer.phone === null && customer.email === null ? [{ kind: "unreachable" } as const] : []),
    ...quietOf(view, today),
    ...open.filter(isOwned).flatMap((holding) => maturityOf(holding, today)),
  ].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const troubles = ["defaulted", "in_arrears", "blocked", "dormant"] as const;

function troubleOf(view: View): Warning[] {
  return troubles.flatMap((kind) =>
    view.holdings.filter((holding) => holding.status === kind).map((holding): Warning => ({ kind, holding })),
  );
}

function personOf({ customer }: View, today: string): Warning[] {
  if (customer.kind !== "person" || customer.bornOn === null) return [];
  const age = yearsBetween(customer.bornOn, today);
  const days = daysToAnniversary(customer.bornOn, today);
  return [
    ...(age >= 0 && age < ageOfMajority ? [{ kind: "minor", age } as const] : []),
    ...(days <= soonDays.birthday ? [{ kind: "birthday", days, age: days === 0 ? age : age + 1 } as const] : []),
  ];
}

function identifiersOf(view: View, today: string): Warning[] {
  return view.identifiers.flatMap(({ scheme, expiresOn }): Warning[] => {
    if (expiresOn === null) return [];
    const days = daysBetween(today, expiresOn);
    if (days < 0) return [{ kind: "identifier_expired", scheme, on: expiresOn }];
    return days <= soonDays.identifier ? [{ kind: "identifier_expires", scheme, on: expiresOn, days }] : [];
  });
}

function quietOf({ customer, holdings }: View, today: string): Warning[] {
  if (customer.lastTransactionOn === null || !holdings.some(isOpen)) return [];
  const days = daysBetween(customer.lastTransactionOn, today);
  return days >= quietDaysMin ? [{ kind: "quiet", days, since: customer.lastTransactionOn }] : [];
}

function maturityOf(holding: Holding, today: string): Warning[] {
  if (holding.maturesOn === null || holding.class !== "asset") return [];
  const days = daysBetween(today, holding.maturesOn);
  return days >= 0 && days <= soonDays.matures ? [{ kind: "matures", holding, on: holding.maturesOn, days }] : [];
}
