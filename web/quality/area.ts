import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "quality",
  pages: [
    { path: "/quality", permission: "quality:read", load: async () => (await import("./overview/page.tsx")).OverviewPage },
    { path: "/quality/work", permission: "customer:read", load: async () => (await import("./work/page.tsx")).WorkPage },
  ],
};
