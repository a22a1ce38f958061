import { Skeleton } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { type ComponentType, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { UrlTab } from "./url-tabs.tsx";
import { useViewer } from "./viewer.tsx";

/** A tab another area adds to a page (`area-contract.ts`), as the router hands it on. */
export interface AddedTab {
  readonly id: string;
  readonly label: string;
  readonly permission: string;
  readonly Content: ComponentType<{ id: string }>;
}

const none: readonly AddedTab[] = [];

/** The tabs other areas add to the page one is on, as far as this person may open them. `id` is what the page is about. */
export function useAddedTabs(id: string): UrlTab[] {
  const { t } = useTranslation();
  const { permissions } = useViewer();
  const added = useRouterState({
    select: (state) => (state.matches.at(-1)?.staticData as { addedTabs?: readonly AddedTab[] } | undefined)?.addedTabs ?? none,
  });
  return added
    .filter(({ permission }) => permissions.has(permission))
    .map(({ id: tab, label, Content }) => ({
      id: tab,
      label: t(label),
      content: () => (
        <Suspense fallback={<Skeleton height={280} />}>
          <Content id={id} />
        </Suspense>
      ),
    }));
}
