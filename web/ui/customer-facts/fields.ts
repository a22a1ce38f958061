import { useTranslation } from "react-i18next";
import { listFacts } from "../../../server/intelligence/facts/contract.ts";
import { listSegments, readChoices } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../api.ts";
import type { FilterField, FilterOp } from "../filter-builder/filter.ts";
import { useEndpoint } from "../query.ts";
import { type FactInfo, type FactWords, useFactWords } from "./fact-words.ts";

const staleMs = 300_000;
const known = ["is_empty", "is_not_empty"] as const;

interface Shape {
  readonly type: FilterField["type"];
  readonly ops: readonly FilterOp[];
}

/** The operators the server has for each kind of fact, in the words of the filter. */
const shapes: Readonly<Record<FactInfo["kind"], Shape>> = {
  count: { type: "number", ops: ["at_least", "at_most", "between", "equals"] },
  money: { type: "money", ops: ["at_least", "at_most", "between"] },
  number: { type: "number", ops: ["at_least", "at_most", "between", ...known] },
  share: { type: "number", ops: ["at_least", "at_most", "between", ...known] },
  years: { type: "number", ops: ["at_least", "at_most", "between", ...known] },
  ahead: { type: "number", ops: ["at_least", "at_most", "between", ...known] },
  days: { type: "date", ops: ["within_days", "not_within_days", ...known] },
  code: { type: "choice", ops: ["any_of", "none_of", ...known] },
  flag: { type: "yes_no", ops: ["yes", "no"] },
};

/** Everything a segment can be built of, with its words; `error` when it could not be read. */
export function useSegmentFields(except?: string) {
  const { t } = useTranslation("segments");
  const facts = useEndpoint(listFacts, {}, { staleMs });
  const choices = useEndpoint(readChoices, {}, { staleMs });
  const segments = useEndpoint(listSegments, {}, { staleMs });
  const words = useFactWords(facts.data?.currency ?? "EUR");
  const all = facts.data?.facts ?? [];
  const fields: FilterField[] = [
    ...all.map((fact) => fieldOf(fact, words, choices.data, facts.data?.currency ?? "EUR")),
    {
      id: "branch",
      label: t("fields.branch"),
      type: "choice",
      ops: ["any_of", "none_of"],
      choices: (choices.data?.branches ?? []).map(({ unitId, name }) => ({ id: unitId, label: name })),
    },
    {
      id: "member",
      label: t("fields.member"),
      type: "choice",
      ops: ["any_of", "none_of"],
      choices: (segments.data?.segments ?? []).flatMap(({ segmentId, name }) =>
        segmentId === except ? [] : [{ id: segmentId, label: name }],
      ),
      ...(segments.data === undefined ? {} : { missing: t("ui:filter.missing") }),
    },
  ];
  const error = facts.error ?? choices.error;
  return { fields, facts: all, words, currency: facts.data?.currency ?? "EUR", isPending: facts.isPending || choices.isPending, error };
}

function fieldOf(fact: FactInfo, words: FactWords, choices: AnswerOf<typeof readChoices> | undefined, currency: string): FilterField {
  const codes = fact.codes ?? choices?.codes[fact.key] ?? [];
  return {
    id: fact.key,
    label: words.name(fact),
    ...shapes[fact.kind],
    ...(fact.kind === "money" ? { currency } : {}),
    ...(fact.kind === "code" ? { choices: codes.map((code) => ({ id: code, label: words.code(fact, code) })) } : {}),
  };
}
