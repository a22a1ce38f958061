import { Button, Skeleton, Stack } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../ui/app-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useViewer } from "../ui/viewer.tsx";

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState error={error} retry={retry} />;
}

export function PageMissing() {
  const { t } = useTranslation("app");
  return <EmptyState reason="filter" title={t("page.notFoundTitle")} text={t("page.notFoundText")} action={<HomeButton />} />;
}

export function PagePending() {
  const { t } = useTranslation("app");
  return (
    <Stack gap="md" aria-busy="true" aria-label={t("page.loading")} role="status">
      <Skeleton height={28} width="min(20rem, 60%)" />
      <Skeleton height={88} />
      <Skeleton height={320} />
    </Stack>
  );
}

/** Says which right is missing; the server refuses in any case. */
export function WithRight({ permission, children }: { permission: string | undefined; children: ReactNode }) {
  const { t } = useTranslation("app");
  const { permissions } = useViewer();
  if (permission === undefined || permissions.has(permission)) return children;
  return (
    <EmptyState reason="permission" title={t("page.noRightTitle")} text={t("page.noRightText", { permission })} action={<HomeButton />} />
  );
}

function HomeButton() {
  const { t } = useTranslation("app");
  return (
    <Button component={AppLink} to="/" variant="default">
      {t("page.goHome")}
    </Button>
  );
}
