import { Button, Divider, SegmentedControl, Select, Stack } from "@mantine/core";
import { MeterIcon, ShieldLockIcon, SignOutIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import {
  type Calendar,
  calendars,
  type Digits,
  hasLocalDigits,
  type Locale,
  languageNames,
  locales,
  type Theme,
} from "../../ui/languages.ts";
import { usePreferences } from "../../ui/preferences.tsx";
import { useSession } from "../session.tsx";
import classes from "./person-menu.module.css";

/** Who one is, how one wants to see things, and the way out. */
export function PersonCard() {
  const { t } = useTranslation("app");
  const { session, leave } = useSession();
  const { user, bank } = session;
  return (
    <Stack gap="sm">
      <div>
        <div className={classes.name}>
          <bdi>{user.displayName}</bdi>
        </div>
        <ul className={classes.roles}>
          {user.roles.map((role) => (
            <li key={`${role.roleId} ${role.unitId}`}>
              <bdi>
                {t("roles.at", { role: t(`roles.${role.roleId}`, { defaultValue: role.roleName ?? role.roleId }), unit: role.unitName })}
              </bdi>
            </li>
          ))}
          <li>
            <bdi>{bank.name}</bdi>
          </li>
        </ul>
      </div>
      <Divider />
      <Choices />
      <Divider />
      <Button component={AppLink} to="/budget" variant="subtle" color="gray" justify="flex-start" leftSection={<MeterIcon size={16} />}>
        {t("person.rowsToday")}
      </Button>
      <Button
        component={AppLink}
        to="/account"
        variant="subtle"
        color="gray"
        justify="flex-start"
        leftSection={<ShieldLockIcon size={16} />}
      >
        {t("person.account")}
      </Button>
      <Button variant="subtle" color="gray" justify="flex-start" leftSection={<SignOutIcon size={16} className="mirror" />} onClick={leave}>
        {t("person.signOut")}
      </Button>
    </Stack>
  );
}

function Choices() {
  const { t } = useTranslation("app");
  const { preferences } = usePreferences();
  const { choose } = useSession();
  const inside = { comboboxProps: { withinPortal: false } };
  return (
    <Stack gap="xs">
      <Select
        label={t("person.language")}
        data={locales.map((locale) => ({ value: locale, label: languageNames[locale] }))}
        value={preferences.locale}
        onChange={(locale) => locale && void choose({ locale: locale as Locale })}
        {...inside}
      />
      <Select
        label={t("person.calendar")}
        data={calendars.map((calendar) => ({ value: calendar, label: t(`calendars.${calendar}`) }))}
        value={preferences.calendar}
        onChange={(calendar) => calendar && void choose({ calendar: calendar as Calendar })}
        {...inside}
      />
      {hasLocalDigits(preferences.locale) && (
        <Choice
          label={t("person.digits")}
          value={preferences.digits}
          onChange={(digits) => void choose({ digits: digits as Digits })}
          data={[
            { value: "local", label: t("person.digitsLocal") },
            { value: "latin", label: t("person.digitsLatin") },
          ]}
        />
      )}
      <Choice
        label={t("person.theme")}
        value={preferences.theme}
        onChange={(theme) => void choose({ theme: theme as Theme })}
        data={(["light", "dark", "system"] as const).map((theme) => ({ value: theme, label: t(`person.${theme}`) }))}
      />
    </Stack>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, data, onChange }: ChoiceProps) {
  return (
    <div>
      <div className={classes.label} aria-hidden="true">
        {label}
      </div>
      <SegmentedControl fullWidth size="xs" aria-label={label} value={value} data={data} onChange={onChange} />
    </div>
  );
}
