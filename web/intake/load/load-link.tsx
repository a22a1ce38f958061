import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isolate } from "../isolate.ts";

/** The way to a load, under its number and, where it is not plain from the place, its source. */
export function LoadLink({ loadId, loadNo, source }: { loadId: string; loadNo: number; source?: string }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const number = format.number(loadNo);
  return (
    <Anchor component={AppLink} to="/loads/$loadId" params={{ loadId } as never} fw={550} className="num">
      {source === undefined ? t("load.number", { number }) : t("load.title", { number, source: isolate(source) })}
    </Anchor>
  );
}
