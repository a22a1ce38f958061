import { NativeSelect } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { createFormat } from "../../ui/format.ts";
import { wordsIn } from "../../ui/i18n.ts";
import { directionOf, type Locale, languageNames, locales } from "../../ui/languages.ts";
import { usePreferences } from "../../ui/preferences.tsx";
import type { Next } from "../answers.ts";
import classes from "../offers.module.css";
import { figuresOf } from "../words.ts";

interface WordsToSayProps {
  proposed: NonNullable<Next["proposed"]>;
  /** The customer's, where it is known. */
  language: string | null;
  currency: string;
}

/** A sentence to begin with, in the language of the customer where it is one of ours, else in one's own; any of the five can be chosen. */
export function WordsToSay({ proposed, language, currency }: WordsToSayProps) {
  const { t } = useTranslation("offers");
  const { preferences } = usePreferences();
  const labelId = useId();
  const [locale, setLocale] = useState<Locale>(() => locales.find((one) => one === language) ?? preferences.locale);
  const [said, setSaid] = useState<{ locale: Locale; text: string } | null>(null);
  useEffect(() => {
    let current = true;
    const format = createFormat({ ...preferences, locale });
    const figures = proposed.reason === null ? {} : figuresOf(proposed.reason, currency, format, "round");
    void wordsIn(locale, "offers").then((words) => current && setSaid({ locale, text: words(`say.${proposed.actionId}`, figures) }));
    return () => {
      current = false;
    };
  }, [locale, preferences, proposed, currency]);
  return (
    <figure className={classes.say} aria-labelledby={labelId}>
      <figcaption className={classes.sayHead}>
        <span id={labelId}>{t("next.say")}</span>
        <NativeSelect
          size="xs"
          aria-label={t("next.language")}
          value={locale}
          data={locales.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(event) => setLocale(event.currentTarget.value as Locale)}
        />
      </figcaption>
      <blockquote lang={said?.locale ?? locale} dir={directionOf(said?.locale ?? locale)} className={classes.sentence}>
        {said?.text ?? "\u00a0"}
      </blockquote>
    </figure>
  );
}
