import { type ColumnName, columns } from "./columns.ts";
import { type IdentityModel, probabilityOf } from "./model.ts";
import { organisationForm } from "./organisation-name.ts";
import { personForms } from "./person-name.ts";
import { forgetPlaceholders } from "./placeholders.ts";
import { dayNumber, emailOf, identifierValue, phoneDigits, sexOf } from "./plain-values.ts";
import type { MatchRecord } from "./record.ts";
import { RecordTable } from "./record-table.ts";
import { scorerOf, scoringTask } from "./score-pairs.ts";
import { streetOf } from "./street.ts";

/** Why two records count as one, or not: the steps of a waterfall from the prior to the sum, all in bits. */
export interface PairExplanation {
  readonly priorBits: number;
  readonly steps: readonly ExplanationStep[];
  readonly bits: number;
  readonly probability: number;
  /** Verified identifiers of one kind differ: never one, whatever the sum. */
  readonly conflict: boolean;
  /** Two people for whom only names speak: `bits` then stays below joining, whatever the steps add up to. */
  readonly nameOnly: boolean;
}

export interface ExplanationStep {
  readonly column: ColumnName;
  /** null: one of the two says nothing. */
  readonly level: string | null;
  readonly bits: number;
  /** More for agreeing on something rare, less for something common. */
  readonly rarityBits: number;
  /** Both sides in the form in which they were compared. */
  readonly a: string;
  readonly b: string;
}

/** Explains one pair under a model; needs no table. */
export function explainPair(model: IdentityModel, a: MatchRecord, b: MatchRecord): PairExplanation {
  const table = new RecordTable();
  table.add(a);
  table.add(b);
  forgetPlaceholders(table, model.placeholders);
  const { score, comparer, isBackedUp } = scorerOf(scoringTask(table, model));
  const bits = score(0, 1);
  const backedUp = isBackedUp();
  const kind = model.kinds[a.kind];
  const steps = columns.flatMap(({ name }, place): ExplanationStep[] => {
    const level = comparer.levels[place] ?? 0;
    const sides = { a: comparedForm(name, a), b: comparedForm(name, b) };
    if (level === 0 && sides.a === "" && sides.b === "") return [];
    const learned = level === 0 ? undefined : kind.columns[place]?.levels[level - 1];
    return [{ column: name, level: learned?.name ?? null, bits: learned?.bits ?? 0, rarityBits: comparer.bits[place] ?? 0, ...sides }];
  });
  return {
    priorBits: kind.priorBits,
    steps,
    bits,
    probability: probabilityOf(bits),
    conflict: comparer.conflict(0, 1),
    nameOnly: a.kind === "person" && !backedUp,
  };
}

/** What a record says in one column, normalised as it is compared; several values parted by " / ". */
function comparedForm(column: ColumnName, record: MatchRecord): string {
  const forms = record.kind === "person" ? personForms(record.names ?? []) : [];
  const streets = (record.addresses ?? []).map(streetOf);
  switch (column) {
    case "given":
      return distinct(forms.map(({ given }) => given.join(" ")));
    case "family":
      return distinct(forms.map(({ family }) => family.join(" ")));
    case "organisation":
      return record.kind === "person" ? "" : distinct((record.names ?? []).map(({ full = "" }) => organisationForm(full).words.join(" ")));
    case "legal form":
      return record.kind === "person"
        ? ""
        : (record.legalForm ?? distinct((record.names ?? []).map(({ full = "" }) => organisationForm(full).legalForm)));
    case "birth":
      return dayNumber(record.birthDate ?? "") === 0 ? "" : (record.birthDate ?? "");
    case "sex":
      return record.kind === "person" ? sexOf(record.sex ?? "") : "";
    case "address":
      return distinct(streets.map(({ number, words }) => [number, ...words].join(" ").trim()));
    case "place":
      return distinct(streets.map(({ postalCode, city }) => `${postalCode} ${city}`.trim()));
    case "phone":
      return distinct((record.phones ?? []).map(phoneDigits));
    case "email":
      return distinct((record.emails ?? []).map((text) => emailOf(text)?.whole ?? ""));
    case "identifier":
      return distinct((record.identifiers ?? []).map(({ value }) => identifierValue(value)));
    case "nationality":
      return record.nationality ?? "";
  }
}

function distinct(values: readonly string[]): string {
  return [...new Set(values.filter((value) => value !== ""))].join(" / ");
}
