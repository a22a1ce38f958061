import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "relations",
  pages: [],
  tabs: [
    {
      page: "/customers/$customerId",
      id: "relations",
      label: "customers:tabs.relations",
      permission: "customer:read",
      order: 10,
      load: async () => (await import("./relations-tab.tsx")).RelationsTab,
    },
  ],
};
