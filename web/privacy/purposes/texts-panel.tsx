import { Button, Group, Skeleton, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listPurposes, listTextVersions, publishText } from "../../../server/customers/consents/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { Purpose } from "../answers.ts";
import classes from "../privacy.module.css";
import { ProblemNote } from "../problem-note.tsx";

const locales = ["en", "ar", "fa", "zh", "es"] as const;
const LENGTH_MIN = 20;
const LENGTH_MAX = 2_000;

type Version = AnswerOf<typeof listTextVersions>["versions"][number];

/** The words of today and of before; new ones begin as those of today. */
export function TextsPanel({ purpose, onDone }: { purpose: Purpose; onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const { data, error, refetch } = useEndpoint(listTextVersions, { params: { purpose: purpose.purpose } });
  const [writing, setWriting] = useState(false);
  if (error && data === undefined) return <ErrorState error={error} retry={() => void refetch()} />;
  const last = data?.versions[0];
  if (data === undefined || last === undefined) return <Skeleton height={320} />;
  if (writing) return <NewText purpose={purpose} last={last} onDone={onDone} />;
  return (
    <Stack gap="lg">
      <Group>
        <Button onClick={() => setWriting(true)}>{t("purposesPage.write")}</Button>
      </Group>
      {data.versions.map((version) => (
        <Words key={version.version} version={version} />
      ))}
    </Stack>
  );
}

function Words({ version }: { version: Version }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  return (
    <Surface
      title={t("purposesPage.words", { n: format.number(version.version) })}
      aside={
        <span className={classes.quiet}>
          {format.date(version.publishedAt)}
          {version.publishedByName !== null && (
            <>
              {" · "}
              <bdi>{version.publishedByName}</bdi>
            </>
          )}
        </span>
      }
    >
      <Stack gap="sm">
        {locales.map((locale) => (
          <div key={locale}>
            <p className={classes.quiet}>{t(`purposesPage.languages.${locale}`)}</p>
            <p lang={locale} dir="auto">
              {version.bodies[locale]}
            </p>
          </div>
        ))}
      </Stack>
    </Surface>
  );
}

function NewText({ purpose, last, onDone }: { purpose: Purpose; last: Version; onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const [bodies, setBodies] = useState<Record<string, string>>(last.bodies);
  const [reason, setReason] = useState("");
  const publish = useAction(publishText, {
    refreshes: [listPurposes, listTextVersions],
    onDone: () => {
      void notify({ tone: "good", message: t("retention.asked") });
      onDone();
    },
  });
  const of = (locale: string) => (bodies[locale] ?? "").trim();
  const isWhole = locales.every((locale) => of(locale).length >= LENGTH_MIN);
  const isOther = locales.some((locale) => of(locale) !== last.bodies[locale]);
  return (
    <Stack gap="md">
      <p>{t("purposesPage.writeNote")}</p>
      {locales.map((locale) => (
        <Textarea
          key={locale}
          label={t(`purposesPage.languages.${locale}`)}
          lang={locale}
          dir="auto"
          autosize
          minRows={3}
          maxLength={LENGTH_MAX}
          value={bodies[locale] ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setBodies((before) => ({ ...before, [locale]: value }));
          }}
        />
      ))}
      <ReasonField label={t("retention.why")} value={reason} onValue={setReason} />
      <ProblemNote error={publish.error} />
      <Group>
        <Button
          disabled={!isWhole || !isOther || !isReason(reason)}
          loading={publish.isPending}
          onClick={() =>
            publish.mutate({
              params: { purpose: purpose.purpose },
              body: {
                version: last.version + 1,
                bodies: { en: of("en"), ar: of("ar"), fa: of("fa"), zh: of("zh"), es: of("es") },
                reason: reason.trim(),
              },
            })
          }
        >
          {t("retention.ask")}
        </Button>
      </Group>
    </Stack>
  );
}
