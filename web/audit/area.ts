import type { Area } from "../ui/area-contract.ts";

const permission = "audit:read";

export const area: Area = {
  namespace: "audit",
  pages: [
    { path: "/audit", permission, load: async () => (await import("./trail/page.tsx")).TrailPage },
    { path: "/audit/seals", permission, load: async () => (await import("./seals/page.tsx")).SealsPage },
    { path: "/audit/customers/$customerId", permission, load: async () => (await import("./looks/page.tsx")).LooksPage },
  ],
  tabs: [
    {
      page: "/customers/$customerId",
      id: "looks",
      label: "customers:tabs.looks",
      permission,
      order: 90,
      load: async () => (await import("./looks/looks-tab.tsx")).LooksTab,
    },
  ],
  home: [{ id: "seals", permission, order: 10, load: async () => (await import("./home/seals-part.tsx")).SealsPart }],
};
