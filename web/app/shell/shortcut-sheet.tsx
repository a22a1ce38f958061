import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import { keysInWords, useActiveShortcuts } from "../../ui/shortcuts.tsx";
import classes from "./shortcut-sheet.module.css";

/** `?`: every key that does something right now. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(["app", "ui"]);
  const active = useActiveShortcuts();
  const table = [
    { keys: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], label: t("shortcuts.move") },
    { keys: ["Enter"], label: t("shortcuts.open") },
    { keys: ["mod+Home", "mod+End"], label: t("shortcuts.ends") },
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t("shortcuts.title")} closeButtonProps={{ "aria-label": t("ui:dialog.close") }}>
      <h3 className={classes.heading}>{t("shortcuts.here")}</h3>
      <dl className={classes.list}>
        {active.map((shortcut) => (
          <Row key={`${shortcut.keys} ${shortcut.label}`} label={shortcut.label} keys={[shortcut.keys]} />
        ))}
      </dl>
      <h3 className={classes.heading}>{t("shortcuts.table")}</h3>
      <dl className={classes.list}>
        {table.map((row) => (
          <Row key={row.label} {...row} />
        ))}
      </dl>
    </Modal>
  );
}

function Row({ label, keys }: { label: string; keys: readonly string[] }) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>
        <span className="visually-hidden">{keys.map((key) => keysInWords(key).join(" + ")).join(", ")}</span>
        {keys.map((key) => (
          <KeyHint key={key} keys={key} />
        ))}
      </dd>
    </div>
  );
}
