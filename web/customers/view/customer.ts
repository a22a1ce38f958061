import type { viewCustomer } from "../../../server/customers/overview/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

/** The 360 degree view as it comes over the wire, and its parts. */
export type View = AnswerOf<typeof viewCustomer>;
export type Holding = View["holdings"][number];
export type Attribute = View["attributes"][number];
export type ContactPoint = View["contactPoints"][number];
export type LinkedRecord = View["records"][number];

/** Closed holdings are history; all others are what the customer has. */
export function isOpen(holding: Holding): boolean {
  return holding.status !== "closed";
}

/** Who may only act on an account, or stands in for a debt, neither has nor owes it. */
export function isOwned(holding: Holding): boolean {
  return holding.role === "owner" || holding.role === "joint_owner";
}

export function attributeOf(view: View, name: string): Attribute | undefined {
  return view.attributes.find((attribute) => attribute.attribute === name);
}
