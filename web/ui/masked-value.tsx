import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { EyeClosedIcon, EyeIcon } from "@primer/octicons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { useFormat } from "./preferences.tsx";

interface MaskedValueProps {
  /** As the server masks it: `•••• 1234` or `****1234`. */
  masked: string;
  /** Names the value for the screen reader: "national ID". */
  what: string;
  /** Fetches the whole value where the person may see it; the server records that it was seen. Null when the person thought better of it. */
  reveal?: (() => Promise<string | null>) | undefined;
  /** After this long it is masked again by itself. */
  shownMs?: number;
}

/** An identifier of which only the end is shown. Shown whole only on request, and only until the page is left. */
export function MaskedValue({ masked, what, reveal, shownMs }: MaskedValueProps) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const [whole, setWhole] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (whole === null || shownMs === undefined) return;
    const timer = setTimeout(() => setWhole(null), shownMs);
    return () => clearTimeout(timer);
  }, [whole, shownMs]);
  const label = whole === null ? t("masked.show", { what }) : t("masked.hide", { what });
  const toggle = async () => {
    if (whole !== null || !reveal) return setWhole(null);
    setBusy(true);
    try {
      setWhole(await reveal());
    } finally {
      setBusy(false);
    }
  };
  const ending = masked.replace(/^[•*.\s]+/, "");
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      {whole === null && <span className="visually-hidden">{t("masked.endsWith", { what, ending: format.code(ending) })}</span>}
      <bdi className="num" dir="ltr" aria-hidden={whole === null}>
        {format.code(whole ?? `•••• ${ending}`)}
      </bdi>
      {reveal && (
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={label} loading={busy} onClick={() => void toggle()}>
            {whole === null ? <EyeIcon size={14} /> : <EyeClosedIcon size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
      {whole !== null && <CopyButton value={whole} what={what} />}
    </Group>
  );
}
