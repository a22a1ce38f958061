import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "privacy",
  pages: [],
  tabs: [
    {
      page: "/customers/$customerId",
      id: "consents",
      label: "customers:tabs.consents",
      permission: "customer:read",
      order: 20,
      load: async () => (await import("./consents-tab.tsx")).ConsentsTab,
    },
  ],
};
