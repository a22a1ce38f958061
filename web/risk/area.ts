import type { Area } from "../ui/area-contract.ts";

const customerPage = "/customers/$customerId";

export const area: Area = {
  namespace: "risk",
  pages: [
    { path: "/risk", permission: "credit:read", load: async () => (await import("./portfolio/page.tsx")).PortfolioPage },
    { path: "/risk/watch-list", permission: "credit:read", load: async () => (await import("./watch/page.tsx")).WatchListPage },
    { path: "/risk/market", permission: "credit:read", load: async () => (await import("./market/page.tsx")).MarketPage },
    {
      path: "/risk/applications/$applicationId",
      permission: "credit:read",
      load: async () => (await import("./applications/page.tsx")).ApplicationPage,
    },
  ],
  tabs: [
    {
      page: customerPage,
      id: "risk",
      label: "customers:tabs.risk",
      permission: "customer:read",
      order: 12,
      load: async () => (await import("./customer/risk-tab.tsx")).RiskTab,
    },
  ],
  parts: [
    {
      page: customerPage,
      spot: "marks",
      id: "risk",
      permission: "customer:read",
      order: 30,
      load: async () => (await import("./customer/risk-mark.tsx")).RiskMark,
    },
  ],
  home: [
    { id: "creditAlerts", permission: "credit:manage", order: 9, load: async () => (await import("./home/alerts-part.tsx")).AlertsPart },
  ],
};
