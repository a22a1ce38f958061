import { Button, Stack } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Door } from "./sign-in/door.tsx";

const AGAIN_MS = 5_000;

/** In place of everything, while a sign-out waits for a server that does not answer. Comes with the shell: nothing could be fetched now. */
export function UnfinishedLeaving({ tryAgain }: { tryAgain: () => void }) {
  const { t } = useTranslation("app");
  useEffect(() => {
    document.title = "Vinculo";
    const timer = setInterval(tryAgain, AGAIN_MS);
    window.addEventListener("online", tryAgain);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", tryAgain);
    };
  }, [tryAgain]);
  return (
    <Door title={t("leaving.title")}>
      <Stack gap="sm">
        <p role="alert">{t("leaving.text")}</p>
        <p>{t("leaving.advice")}</p>
        <Button size="md" fullWidth onClick={tryAgain}>
          {t("leaving.again")}
        </Button>
      </Stack>
    </Door>
  );
}
