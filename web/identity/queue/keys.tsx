import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import classes from "./queue.module.css";

const shown = [
  ["j", "move"],
  ["s", "same"],
  ["a", "apart"],
  ["l", "later"],
  ["u", "undo"],
  ["x", "choose"],
  ["o", "open"],
] as const;

/** The keys beside the title, for the eye; the shortcut sheet and aria-keyshortcuts tell them to everybody. */
export function Keys() {
  const { t } = useTranslation("identity");
  return (
    <span className={classes.keys} aria-hidden="true">
      {shown.map(([key, word]) => (
        <span key={key}>
          <KeyHint keys={key} />
          {key === "j" && <KeyHint keys="k" />} {t(`keyWords.${word}`)}
        </span>
      ))}
    </span>
  );
}
