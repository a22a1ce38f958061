import { useTranslation } from "react-i18next";
import { KeyLegend } from "../../ui/key-legend.tsx";

const shown = [
  ["j k", "move"],
  ["s", "same"],
  ["a", "apart"],
  ["l", "later"],
  ["u", "undo"],
  ["x", "choose"],
  ["o", "open"],
] as const;

export function Keys() {
  const { t } = useTranslation("identity");
  return <KeyLegend keys={shown.map(([keys, word]) => ({ keys: keys.split(" "), does: t(`keyWords.${word}`) }))} />;
}
