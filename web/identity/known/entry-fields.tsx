import { Select, TextInput } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { listEntryPlaces } from "../../../server/customers/intake/contract.ts";
import { useCountries } from "../../ui/countries.ts";
import { languageNames, locales } from "../../ui/languages.ts";
import { useEndpoint } from "../../ui/query.ts";
import type { FieldsProps } from "./known-fields.tsx";
import { lettersMax, moreTexts, sexes } from "./typed.ts";

/** What the bank wants to know besides, and where the customer will belong. */
export function EntryFields({ typed, onTyped, wrong = () => undefined }: FieldsProps) {
  const { t, i18n } = useTranslation("identity");
  const { data: places } = useEndpoint(listEntryPlaces, {});
  const only = places?.branches.length === 1 ? places.branches[0]?.code : undefined;
  useEffect(() => {
    if (only !== undefined && typed.branchCode === null) onTyped({ branchCode: only });
  });
  const countries = useCountries();
  return (
    <>
      {typed.kind === "person" && (
        <Select
          label={t("entry.sex")}
          clearable
          data={sexes.map((value) => ({ value, label: t(`entry.sexes.${value}`) }))}
          value={typed.sex}
          onChange={(sex) => onTyped({ sex })}
        />
      )}
      <Select
        label={t("entry.language")}
        clearable
        data={locales.map((value) => ({ value, label: languageNames[value] }))}
        value={typed.language}
        onChange={(language) => onTyped({ language })}
      />
      {moreTexts.map((field) => (
        <TextInput
          key={field}
          label={t(`entry.${field}`)}
          dir="auto"
          maxLength={lettersMax[field]}
          error={wrong(field)}
          value={typed[field]}
          onChange={(event) => onTyped({ [field]: event.currentTarget.value })}
        />
      ))}
      <Select
        label={t("entry.country")}
        description={t("entry.countryNote")}
        clearable
        searchable
        limit={50}
        data={countries}
        error={wrong("country")}
        value={typed.country}
        onChange={(country) => onTyped({ country })}
      />
      <Select
        label={t("entry.branch")}
        required
        searchable
        limit={50}
        data={(places?.branches ?? []).map(({ code, name, names }) => ({ value: code, label: names[i18n.language] ?? name }))}
        value={typed.branchCode}
        onChange={(branchCode) => onTyped({ branchCode })}
      />
      {places !== undefined && places.portfolios.length > 0 && (
        <Select
          label={t("entry.portfolio")}
          clearable
          data={places.portfolios.map(({ code, name }) => ({ value: code, label: name }))}
          value={typed.portfolioCode}
          onChange={(portfolioCode) => onTyped({ portfolioCode })}
        />
      )}
    </>
  );
}
