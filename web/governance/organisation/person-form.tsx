import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../../server/governance/organisation/contract.ts";
import { createPerson } from "../../../server/governance/people/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { type Locale, languageNames, locales } from "../../ui/languages.ts";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import classes from "./organisation.module.css";
import { type Unit, unitName } from "./unit-tree.ts";

interface PersonFormProps {
  units: readonly Unit[];
  unitId: string;
  onClose: () => void;
}

/** Adds a colleague and shows the link by which they set a password. */
export function PersonForm({ units, unitId: firstUnit, onClose }: PersonFormProps) {
  const { t, i18n } = useTranslation("governance");
  const { t: ui } = useTranslation("ui");
  const [displayName, setDisplayName] = useState("");
  const [login, setLogin] = useState("");
  const [email, setEmail] = useState("");
  const [homeUnitId, setHomeUnitId] = useState<string | null>(firstUnit);
  const [locale, setLocale] = useState<Locale>("en");
  const make = useAction(createPerson, { refreshes: [listColleagues] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (homeUnitId === null) return;
    make.mutate({ body: { displayName, login, email: email.trim() === "" ? null : email.trim(), homeUnitId, locale } });
  };
  if (make.data)
    return (
      <Stack gap="md">
        <p>
          {t("newPerson.done", { name: displayName })} <DateText value={make.data.link.expiresAt} time />
        </p>
        <p>
          <code dir="ltr" className={classes.link}>
            {make.data.link.url}
          </code>{" "}
          <CopyButton value={make.data.link.url} what={t("newPerson.link")} />
        </p>
        <Button component={AppLink} to={`/people/${make.data.userId}`}>
          {t("newPerson.roles")}
        </Button>
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t("organisation.name")}
          value={displayName}
          dir="auto"
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput label={t("organisation.login")} value={login} dir="auto" onChange={(event) => setLogin(event.currentTarget.value)} />
        <TextInput
          label={t("newPerson.email")}
          type="email"
          value={email}
          dir="ltr"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label={t("organisation.unit")}
          data={units
            .filter(({ active }) => active)
            .map((unit) => ({ value: unit.unitId, label: `${unitName(unit, i18n.language)} (${unit.code})` }))}
          value={homeUnitId}
          onChange={setHomeUnitId}
          searchable
          allowDeselect={false}
          limit={60}
        />
        <Select
          label={t("newPerson.language")}
          data={locales.map((value) => ({ value, label: languageNames[value] }))}
          value={locale}
          onChange={(value) => setLocale((value as Locale | null) ?? locale)}
          allowDeselect={false}
        />
        {isProblem(make.error, "conflict") ? (
          <p role="alert" className={classes.refused}>
            {t("newPerson.taken")}
          </p>
        ) : (
          <ErrorNote error={make.error} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={displayName.trim() === "" || login.trim().length < 2}>
            {t("newPerson.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
