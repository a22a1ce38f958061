import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { BellIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";

/** The place where the product speaks up by itself. */
export function NotificationsPlace() {
  const { t } = useTranslation("app");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t("notices.title")}>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("notices.title")} onClick={() => setOpened(!opened)}>
            <BellIcon size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("notices.title")}>
        <EmptyState compact reason="data" title={t("notices.emptyTitle")} text={t("notices.emptyText")} />
      </Popover.Dropdown>
    </Popover>
  );
}
