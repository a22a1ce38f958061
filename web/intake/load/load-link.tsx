import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isolate } from "../isolate.ts";

interface LoadLinkProps {
  loadId: string;
  loadNo: number;
  source?: string;
  /** Inside a sentence colour alone does not tell a link. */
  inText?: boolean;
}

/** The way to a load, under its number and, where it is not plain from the place, its source. */
export function LoadLink({ loadId, loadNo, source, inText = false }: LoadLinkProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const number = format.number(loadNo);
  return (
    <Anchor
      component={AppLink}
      to="/loads/$loadId"
      params={{ loadId } as never}
      fw={550}
      className="num"
      {...(inText ? { underline: "always" as const } : {})}
    >
      {source === undefined ? t("load.number", { number }) : t("load.title", { number, source: isolate(source) })}
    </Anchor>
  );
}
