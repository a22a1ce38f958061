import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { CheckIcon, CopyIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";

/** Copies `value` (always with plain digits, ready for another program). `what` names it for the screen reader: "phone number". */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const { t } = useTranslation("ui");
  const clipboard = useClipboard({ timeout: 1500 });
  const label = clipboard.copied ? t("copy.done") : t("copy.copy", { what });
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
        </ActionIcon>
      </Tooltip>
      <output className="visually-hidden">{clipboard.copied ? t("copy.done") : ""}</output>
    </>
  );
}
