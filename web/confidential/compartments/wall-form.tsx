import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCompartments, openWall } from "../../../server/governance/walls/contract.ts";
import { useAction } from "../../ui/query.ts";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";

const codeShape = /^[A-Z0-9][A-Z0-9-]{1,29}$/;

export function WallForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("confidential");
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [conflict, setConflict] = useState("");
  const open = useAction(openWall, { refreshes: [listCompartments], onDone });
  const ready = codeShape.test(code) && name.trim() !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const conflictSet = conflict.trim();
        if (ready) open.mutate({ body: { code, name: name.trim(), ...(conflictSet === "" ? {} : { conflictSet }) } });
      }}
    >
      <Stack gap="md">
        <p className={classes.note}>{t("walls.note")}</p>
        <TextInput
          label={t("walls.code")}
          description={t("walls.codeNote")}
          dir="ltr"
          required
          value={code}
          maxLength={30}
          onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        />
        <TextInput
          label={t("walls.name")}
          dir="auto"
          required
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("walls.conflict")}
          description={t("walls.conflictNote")}
          dir="auto"
          value={conflict}
          maxLength={60}
          onChange={(event) => setConflict(event.currentTarget.value)}
        />
        <ProblemNote error={open.error} />
        <Button type="submit" disabled={!ready} loading={open.isPending}>
          {t("walls.open")}
        </Button>
      </Stack>
    </form>
  );
}
