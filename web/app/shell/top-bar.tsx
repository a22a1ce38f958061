import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { CommandPaletteIcon, QuestionIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { NotificationsPlace } from "./notifications-place.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { PhoneSearch } from "./phone-search.tsx";
import { SearchField } from "./search-field.tsx";
import classes from "./top-bar.module.css";

interface TopBarProps {
  phone: boolean;
  onCommands: () => void;
  onShortcuts: () => void;
}

export function TopBar({ phone, onCommands, onShortcuts }: TopBarProps) {
  const { t } = useTranslation("app");
  return (
    <header className={classes.bar}>
      {phone ? <PhoneSearch /> : <SearchField />}
      <Group gap={phone ? 2 : 6} wrap="nowrap" className={classes.end}>
        {!phone && (
          <>
            <Today />
            <BarButton label={t("palette.title")} onClick={onCommands} icon={<CommandPaletteIcon size={16} />} />
            <BarButton label={t("shortcuts.title")} onClick={onShortcuts} icon={<QuestionIcon size={16} />} />
          </>
        )}
        <NotificationsPlace />
        <PersonMenu />
      </Group>
    </header>
  );
}

/** The date in which everything on the page is meant. */
function Today() {
  const { t } = useTranslation("app");
  const format = useFormat();
  const now = new Date();
  return (
    <time dateTime={now.toISOString().slice(0, 10)} className={`num ${classes.today}`} title={format.date(now, "long")}>
      <span>{t("shell.today")}</span> <bdi>{format.date(now)}</bdi>
    </time>
  );
}

function BarButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
