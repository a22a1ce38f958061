import { useTranslation } from "react-i18next";

/** What a table holds, in the reader's words; its own name where nobody has given it any. */
export function useTableName(): (table: string) => string {
  const { t } = useTranslation("privacy");
  return (table) => {
    const name = table.split(".")[1] ?? table;
    return t(`tables.${name}`, { defaultValue: name.replaceAll("_", " ") });
  };
}
