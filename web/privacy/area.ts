import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "privacy",
  pages: [
    { path: "/privacy", permission: "privacy:manage", load: async () => (await import("./requests/page.tsx")).RequestsPage },
    { path: "/privacy/purposes", permission: "privacy:manage", load: async () => (await import("./purposes/page.tsx")).PurposesPage },
    { path: "/privacy/holds", permission: "privacy:manage", load: async () => (await import("./holds/page.tsx")).HoldsPage },
    { path: "/privacy/retention", permission: "privacy:manage", load: async () => (await import("./retention/page.tsx")).RetentionPage },
  ],
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
