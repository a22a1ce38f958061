import { createContext, use } from "react";

/** Who looks at the page, as far as a page needs to know: the server decides again on every call. */
export interface Viewer {
  readonly userId: string;
  readonly displayName: string;
  readonly permissions: ReadonlySet<string>;
  /** ISO 4217, for sums over several currencies. */
  readonly reportingCurrency: string;
}

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer outside a signed-in page");
  return viewer;
}

export function useCan(permission: string): boolean {
  return useViewer().permissions.has(permission);
}
