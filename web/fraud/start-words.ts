import { useTranslation } from "react-i18next";

/** What the rules that the product begins with say, as they say it, and its message. */
const messages: Readonly<Record<string, string>> = {
  "Rules to begin with": "title",
  "Several payees in a day, this one new": "severalPayees",
  "Far above all of the last 30 days, to somebody never paid before": "farAbove",
  "A fifth of the payments here turned out to be fraud": "knownPayee",
};

/** Rules are the bank's own words; those that came with the product stand in every language until the bank changes them. */
export function useStartWords(): (text: string) => string {
  const { t } = useTranslation("fraud");
  return (text) => {
    const message = messages[text];
    return message === undefined ? text : t(`start.${message}`);
  };
}
