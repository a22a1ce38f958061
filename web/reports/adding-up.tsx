import { Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const SLOW_MS = 3_000;

/** Says, once figures take their time, that they are still being added up. */
export function AddingUp() {
  const { t } = useTranslation("reports");
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Text role="status" size="sm" c="dimmed">
      {isSlow && t("result.addingUp")}
    </Text>
  );
}
