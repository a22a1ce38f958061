import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { RelationNode } from "./contract.ts";
import { type FoundNode, listNodes } from "./relation-store.ts";

/** Fails with not_found when one of them is not there for the caller. In the order asked for. */
export async function requireCustomers(tx: Tx, customerIds: readonly string[]): Promise<FoundNode[]> {
  const nodes = new Map((await listNodes(tx, customerIds)).map((node) => [node.customerId, node]));
  return customerIds.map((id) => {
    const node = nodes.get(id);
    if (node === undefined) throw new DomainError("not_found", "no such customer for this caller");
    return node;
  });
}

/** Fails with not_found. */
export async function requireCustomer(tx: Tx, customerId: string): Promise<FoundNode> {
  const [node] = await requireCustomers(tx, [customerId]);
  if (node === undefined) throw new DomainError("not_found", "no such customer for this caller");
  return node;
}

/** Those that can be seen, as they are shown. */
export async function readNodes(tx: Tx, customerIds: readonly string[]): Promise<Map<string, RelationNode>> {
  const nodes = await listNodes(tx, customerIds);
  return new Map(nodes.map(({ partyId: _, ...node }) => [node.customerId, node]));
}
