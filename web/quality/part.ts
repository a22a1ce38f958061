import { type Dimension, dimensions, type QualityField, qualityFields } from "../../server/customers/quality/contract.ts";
import { useUrlState } from "../ui/url-state.ts";

const asDimension = (raw: unknown): Dimension => dimensions.find((dimension) => dimension === raw) ?? "completeness";
const asField = (raw: unknown): QualityField => qualityFields.find((field) => field === raw) ?? "full_name";
const asSource = (raw: unknown): number | null => (Number.isInteger(raw) && Number(raw) > 0 ? Number(raw) : null);
const asBranch = (raw: unknown): string | null => (typeof raw === "string" && /^[0-9a-f-]{36}$/.test(raw) ? raw : null);

export const useDimension = () => useUrlState("dimension", asDimension);
export const useField = () => useUrlState("field", asField);

/** Which part of the bank is looked at: one source, one branch, both or everything. The address knows it. */
export function usePart() {
  const [sourceId, setSource] = useUrlState("source", asSource);
  const [branchId, setBranch] = useUrlState("branch", asBranch);
  const query = { ...(sourceId === null ? {} : { sourceId }), ...(branchId === null ? {} : { branchId }) };
  return { sourceId, branchId, query, setSource, setBranch };
}

export type Part = ReturnType<typeof usePart>;

/** Where the customers behind a figure are. */
export function workOf(dimension: Dimension, field: QualityField, sourceId: number | null, branchId: string | null) {
  return { dimension, field, ...(sourceId === null ? {} : { source: sourceId }), ...(branchId === null ? {} : { branch: branchId }) };
}
