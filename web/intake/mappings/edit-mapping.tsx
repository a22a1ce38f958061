import { Button, Group } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { listMappings, readMapping, saveMapping } from "../../../server/customers/intake/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useAction } from "../../ui/query.ts";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { UnsavedChangesGuard } from "../../ui/unsaved-changes.tsx";
import { MappingEditor } from "../mapping-editor/mapping-editor.tsx";
import { useCheck } from "../mapping-editor/use-check.ts";

interface EditMappingProps {
  first: string;
  /** null: there is nothing to go back to. */
  onStop: (() => void) | null;
}

/** Changes a mapping's text; saving keeps it as the next version, the ones before stay for the loads that used them. */
export function EditMapping({ first, onStop }: EditMappingProps) {
  const { t } = useTranslation("intake");
  const navigate = useNavigate();
  const [text, setText] = useState(first);
  const { problems, settled } = useCheck(text);
  const save = useAction(saveMapping, { refreshes: [listMappings, readMapping] });
  const savedId = save.data?.mappingId;
  useEffect(() => {
    if (savedId === undefined) return;
    void navigate({ to: "/mappings/$mappingId", params: { mappingId: savedId } } as never);
    onStop?.();
  }, [savedId, navigate, onStop]);
  const ready = settled && problems.length === 0 && text.trim() !== "";
  useShortcuts(
    useMemo(
      () => [{ keys: "mod+S", label: t("mappings.save"), run: () => document.getElementById("mapping-save")?.click(), whileTyping: true }],
      [t],
    ),
  );
  return (
    <>
      <UnsavedChangesGuard when={text !== first && savedId === undefined} />
      <Group gap="xs">
        <Button
          id="mapping-save"
          disabled={!ready || text === first}
          loading={save.isPending}
          onClick={() => save.mutate({ body: { text } })}
        >
          {t("mappings.save")}
        </Button>
        {onStop && (
          <Button variant="default" onClick={onStop}>
            {t("mappings.stop")}
          </Button>
        )}
      </Group>
      <ErrorNote error={save.error} />
      <MappingEditor text={text} onText={setText} />
    </>
  );
}
