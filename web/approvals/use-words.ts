import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadMessages } from "../ui/i18n.ts";

/** Words that other areas own: acts are named as in the trail, lines of a difference by the area of the act. True once they are there. */
export function useWordsOf(keys: readonly string[]): boolean {
  const { i18n } = useTranslation();
  const wanted = [...new Set(keys.filter((key) => key.includes(":")).map((key) => key.split(":")[0] ?? ""))].sort().join(" ");
  const [loaded, setLoaded] = useState("");
  useEffect(() => {
    let here = true;
    void Promise.allSettled(wanted.split(" ").filter(Boolean).map(loadMessages)).then(
      () => here && setLoaded(`${wanted} ${i18n.language}`),
    );
    return () => {
      here = false;
    };
  }, [wanted, i18n.language]);
  return loaded === `${wanted} ${i18n.language}`;
}

/** What an act is called, as something to be done; by its own name where nobody has given it words. */
export function useActWords(): (action: string) => string {
  const { t } = useTranslation("approvals");
  return (action) => t(`acts.${action.replaceAll(".", "_")}`, { defaultValue: action });
}
