import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { BellIcon } from "@primer/octicons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { listLoads } from "../../../server/customers/intake/contract.ts";
import { listNotices, readNotices } from "../../../server/governance/notices/contract.ts";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { useCan, useViewer } from "../../ui/viewer.tsx";
import classes from "./notifications.module.css";

const NewsList = lazy(() => import("./news-list.tsx").then((module) => ({ default: module.NewsList })));

const refetchMs = 60_000;
const seenKey = (userId: string): string => `vinculo-news-seen-${userId}`;

/** The place where the product speaks up by itself: what it told this person, and loads for who may see them. */
export function NotificationsPlace() {
  const { t } = useTranslation("app");
  const { userId } = useViewer();
  const [opened, setOpened] = useState(false);
  const [seen, setSeen] = useState(() => readSeen(userId));
  const loads = useEndpoint(listLoads, { query: {} }, { refetchEveryMs: refetchMs, enabled: useCan("load:read") });
  const told = useEndpoint(listNotices, {}, { refetchEveryMs: refetchMs }).data?.notices ?? [];
  const read = useAction(readNotices, { refreshes: [listNotices] });
  const ended = (loads.data?.loads ?? []).filter((load) => load.finishedAt !== null);
  const newest =
    ended
      .map((load) => load.finishedAt ?? "")
      .toSorted()
      .at(-1) ?? "";
  const unseen = newest > seen || told.some((notice) => !notice.read);
  const toggle = (open: boolean) => {
    setOpened(open);
    const latest = told[0];
    if (open && latest !== undefined && !latest.read) read.mutate({ body: { upTo: latest.noticeId } });
    if (!open || newest === "") return;
    setSeen(newest);
    keepSeen(userId, newest);
  };
  const label = unseen && !opened ? t("notices.some") : t("notices.title");
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={label}
            aria-expanded={opened}
            data-unseen={(unseen && !opened) || undefined}
            className={classes.bell ?? ""}
            onClick={() => toggle(!opened)}
          >
            <BellIcon size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("notices.title")}>
        <Suspense>
          <NewsList loads={ended} told={told} onLeave={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

function readSeen(userId: string): string {
  try {
    return localStorage.getItem(seenKey(userId)) ?? "";
  } catch {
    return ""; // storage is forbidden: everything counts as new
  }
}

function keepSeen(userId: string, at: string): void {
  try {
    localStorage.setItem(seenKey(userId), at);
  } catch {
    // storage is full or forbidden: it holds until the page is left
  }
}
