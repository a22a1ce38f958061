import type { Area } from "../ui/area-contract.ts";

const customerPage = "/customers/$customerId";

export const area: Area = {
  namespace: "models",
  pages: [
    { path: "/models", permission: "model:read", load: async () => (await import("./list-page.tsx")).ModelsPage },
    { path: "/models/$modelId", permission: "model:read", load: async () => (await import("./model/page.tsx")).ModelPage },
  ],
  tabs: [
    {
      page: customerPage,
      id: "scores",
      label: "customers:tabs.scores",
      permission: "customer:read",
      order: 15,
      load: async () => (await import("./customer/scores-tab.tsx")).ScoresTab,
    },
  ],
  parts: [
    {
      page: customerPage,
      spot: "marks",
      id: "churn",
      permission: "customer:read",
      order: 10,
      load: async () => (await import("./customer/churn-mark.tsx")).ChurnMark,
    },
  ],
};
