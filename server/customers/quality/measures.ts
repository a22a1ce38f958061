import type { Dimension, QualityField } from "./contract.ts";

export interface Measure {
  readonly ruleNo: number;
  readonly dimension: Dimension;
  readonly field: QualityField;
}

const fieldsOf: Readonly<Record<Dimension, { readonly from: number; readonly fields: readonly QualityField[] }>> = {
  completeness: {
    from: 0,
    fields: [
      "full_name", "born_on", "sex", "nationality", "national_id", "phone", "email", "address", "language", "occupation", "industry", "legal_form",
    ],
  }, // biome-ignore format: one list
  validity: { from: 16, fields: ["full_name", "born_on", "national_id", "phone", "email", "address"] },
  freshness: { from: 32, fields: ["phone", "email", "address", "occupation", "industry"] },
  conflict: { from: 48, fields: ["born_on", "sex", "nationality", "national_id", "language", "industry", "legal_form"] },
};

/** Every rule there is, under the number it has in customers.quality_rule. */
export const measures: readonly Measure[] = (Object.keys(fieldsOf) as Dimension[]).flatMap((dimension) =>
  fieldsOf[dimension].fields.map((field, place) => ({ ruleNo: fieldsOf[dimension].from + place, dimension, field })),
);

export function ruleNoOf(dimension: Dimension, field: QualityField): number | null {
  return measures.find((measure) => measure.dimension === dimension && measure.field === field)?.ruleNo ?? null;
}
