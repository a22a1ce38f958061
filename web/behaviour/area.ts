import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "behaviour",
  pages: [],
  tabs: [
    {
      page: "/customers/$customerId",
      id: "behaviour",
      label: "customers:tabs.behaviour",
      permission: "customer:read",
      order: 4,
      load: async () => (await import("./behaviour-tab.tsx")).BehaviourTab,
    },
  ],
};
