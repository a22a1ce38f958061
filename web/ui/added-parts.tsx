import { Skeleton } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { type ComponentType, Suspense } from "react";
import type { AreaPart } from "./area-contract.ts";
import { useViewer } from "./viewer.tsx";

/** A part another area adds to a page (`area-contract.ts`), as the router hands it on. */
export interface AddedPart {
  readonly id: string;
  readonly spot: AreaPart["spot"];
  readonly permission: string;
  readonly Content: ComponentType<{ id: string }>;
}

const none: readonly AddedPart[] = [];

/** What other areas add at a spot of the page one is on, as far as this person may see it. `id` is what the page is about. */
export function AddedParts({ id, spot }: { id: string; spot: AreaPart["spot"] }) {
  const { permissions } = useViewer();
  const added = useRouterState({
    select: (state) => (state.matches.at(-1)?.staticData as { addedParts?: readonly AddedPart[] } | undefined)?.addedParts ?? none,
  });
  return added
    .filter((part) => part.spot === spot && permissions.has(part.permission))
    .map(({ id: part, Content }) => (
      <Suspense key={part} fallback={<Skeleton height={spot === "marks" ? 36 : 120} />}>
        <Content id={id} />
      </Suspense>
    ));
}
