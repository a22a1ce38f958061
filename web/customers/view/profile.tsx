import { useTranslation } from "react-i18next";
import type { Format } from "../../ui/format.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { type CodeList, useCodes } from "../codes.ts";
import { attributeOf, type View } from "./customer.ts";
import { Origin } from "./origin.tsx";
import classes from "./profile.module.css";

type Say = (value: string) => string;

/** How the value of an attribute is written for a person: by its name in the rules of survivorship. */
export function useAttributeWords(): (attribute: string) => Say {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const coded =
    (list: CodeList): Say =>
    (value) =>
      codes(list, value);
  const writers: Record<string, Say> = {
    sex: (value) => (["female", "male", "other"].includes(value) ? t(`sex.${value}`) : value),
    born_on: (value) => format.date(value),
    customer_since: (value) => format.date(value),
    deceased_on: (value) => format.date(value),
    nationality: format.countryName,
    country: format.countryName,
    language: format.languageName,
    segment: coded("segment"),
    marital_status: coded("marital"),
    industry: coded("industry"),
    phone: (value) => digitsOf(format)(value),
  };
  return (attribute) => writers[attribute] ?? ((value) => value);
}

const digitsOf = (format: Format): Say => format.code;

/** Attributes by the name of the rule, and where the golden value stands. */
const shown = {
  person: ["given_name", "family_name", "sex", "born_on", "nationality", "marital_status", "occupation", "city", "country", "deceased_on"],
  organisation: ["industry", "legal_form", "born_on", "nationality", "city", "country"],
} as const;

/** Who they are, beyond the head of the page; every value says where it comes from. */
export function Profile({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const words = useAttributeWords();
  const rows = shown[view.customer.kind].flatMap((name) => {
    const attribute = attributeOf(view, name);
    const value = attribute?.values[0]?.value;
    return attribute === undefined || value === undefined ? [] : [{ name, attribute, value }];
  });
  if (rows.length === 0) return null;
  return (
    <Surface title={t("profile.title")}>
      <dl className={classes.list}>
        {rows.map(({ name, attribute, value }) => {
          const what = name === "born_on" && view.customer.kind === "organisation" ? t("view.founded") : t(`attributes.${name}`);
          const say = words(name);
          return (
            <div key={name}>
              <dt>{what}</dt>
              <dd>
                <Origin what={what} attribute={attribute} say={say}>
                  <bdi>{say(value)}</bdi>
                </Origin>
              </dd>
            </div>
          );
        })}
      </dl>
    </Surface>
  );
}
