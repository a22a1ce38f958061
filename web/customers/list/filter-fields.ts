import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CustomerKind, type readFilterChoices } from "../../../server/customers/directory/contract.ts";
import { holdingKinds } from "../../../server/customers/holdings/kinds/contract.ts";
import type { listSegments } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import type { FilterField } from "../../ui/filter-builder/filter.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";

type Choices = AnswerOf<typeof readFilterChoices>;
type Segments = readonly AnswerOf<typeof listSegments>["segments"][number][];

/** More currencies than these share one list of fields nobody would read to its end. */
const moneyCurrenciesMax = 8;

/** What a list of customers can be filtered by, in the words of the page. Amounts are asked for in one currency each. */
export function useFilterFields(
  choices: Choices | undefined,
  segments: Segments | undefined,
  reportingCurrency: string,
): readonly FilterField[] {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  return useMemo(() => {
    const named = (list: readonly string[] | undefined, name: (code: string) => string) =>
      (list ?? []).map((code) => ({ id: code, label: name(code) }));
    const choice = (id: string, list: FilterField["choices"]): FilterField => ({
      id,
      label: t(`filter.${id}`),
      type: "choice",
      choices: list ?? [],
    });
    const day = (id: string, ops?: FilterField["ops"]): FilterField => ({
      id,
      label: t(`filter.${id}`),
      type: "date",
      ...(ops ? { ops } : {}),
    });
    const known = (id: string): FilterField => ({ id, label: t(`filter.${id}`), type: "text", ops: ["is_not_empty", "is_empty"] });
    const currencies = [...new Set([reportingCurrency, ...(choices?.currencies ?? [])])].slice(0, moneyCurrenciesMax);
    const money = (id: "assets" | "debts") =>
      currencies.map(
        (currency): FilterField => ({ id: `${id}:${currency}`, label: t(`filter.${id}`, { currency }), type: "money", currency }),
      );
    return [
      { id: "name", label: t("filter.name"), type: "text", ops: ["contains"] },
      { id: "own", label: t("filter.own"), type: "yes_no" },
      choice(
        "portfolio",
        (choices?.portfolios ?? []).map(({ portfolioId, name, ownerName }) => ({
          id: portfolioId,
          label: ownerName === null ? name : `${name} (${ownerName})`,
        })),
      ),
      choice(
        "branch",
        (choices?.branches ?? []).map(({ unitId, name }) => ({ id: unitId, label: name })),
      ),
      choice(
        "segment",
        named(choices?.segments, (code) => codes("segment", code)),
      ),
      {
        ...choice(
          "member",
          (segments ?? []).map(({ segmentId, name }) => ({ id: segmentId, label: name })),
        ),
        // Nobody is offered a filter with nothing to choose, but one that came with an address is not left out in silence.
        offered: segments !== undefined && segments.length > 0,
        ...(segments === undefined ? {} : { missing: t("ui:filter.missing") }),
      },
      {
        ...choice(
          "kind",
          CustomerKind.options.map((kind) => ({ id: kind, label: t(`kind.${kind}`) })),
        ),
        ops: ["any_of"],
      },
      ...money("assets"),
      ...money("debts"),
      choice(
        "holding",
        holdingKinds.map((kind) => ({ id: kind, label: codes("kind", kind) })),
      ),
      { id: "arrears", label: t("filter.arrears"), type: "yes_no" },
      day("lastTransactionOn"),
      day("customerSince"),
      { id: "birthday", label: t("filter.birthday"), type: "number", ops: ["at_most"] },
      day("bornOn", ["before", "after", "between", "on"]),
      { id: "city", label: t("filter.city"), type: "text", ops: ["equals", "starts_with"] },
      choice("country", named(choices?.countries, format.countryName)),
      choice("language", named(choices?.languages, format.languageName)),
      choice(
        "currency",
        named(choices?.currencies, (code) => `${code} · ${format.currencyName(code)}`),
      ),
      known("phone"),
      known("email"),
    ];
  }, [choices, segments, reportingCurrency, t, format, codes]);
}
