import { Alert, Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "../people.module.css";

/** Recovery codes are shown once. */
export function CodesNote({ codes, onSeen }: { codes: readonly string[]; onSeen: () => void }) {
  const { t } = useTranslation("people");
  return (
    <Alert color="yellow" title={t("own.codes")}>
      <Stack gap="sm">
        <p>{t("own.codesNote")}</p>
        <ul className={classes.codes} dir="ltr">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div>
          <CopyButton value={codes.join("\n")} what={t("own.codes")} />{" "}
          <Button size="compact-sm" variant="default" onClick={onSeen}>
            {t("own.codesSeen")}
          </Button>
        </div>
      </Stack>
    </Alert>
  );
}
