import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";

/** A moment by the clock where it happened: the same for every reader. */
export function WallTime({ value, hasTime = true }: { value: string; hasTime?: boolean }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const [day = "", time = ""] = value.split("T");
  return (
    <time dateTime={value} className="num" title={hasTime ? undefined : t("alert.onlyDay")}>
      <bdi>
        {format.date(day)}
        {hasTime && ` ${format.code(time.slice(0, 5))}`}
      </bdi>
    </time>
  );
}
