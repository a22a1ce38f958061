import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useViewer } from "../../ui/viewer.tsx";
import { recentIds } from "../recent.ts";
import { readChosen } from "../search.ts";
import { ShortList } from "./short-list.tsx";
import { useStanding } from "./use-standing.ts";

const shownMax = 6;

/** Whom this person opened last in this browser. Nothing is shown before the first. */
export function Recent() {
  const { t } = useTranslation("customers");
  const { userId } = useViewer();
  const ids = recentIds(userId).slice(0, shownMax);
  const answer = useQuery({
    queryKey: ["recent-customers", ids],
    queryFn: ({ signal }) => readChosen(ids, signal),
    enabled: ids.length > 0,
  });
  if (ids.length === 0) return null;
  return (
    <ShortList
      title={t("home.recent")}
      rows={answer.data}
      error={answer.error}
      empty={t("home.recentGone")}
      figure={(row) => row.currency !== null && <Money minor={row.assetsMinor} currency={row.currency} style="compact" />}
    />
  );
}

/** Where there is an own portfolio, it stands among its lists. */
export function RecentPart() {
  const standing = useStanding();
  return standing.isPending || standing.data?.scope === "own" ? null : <Recent />;
}
