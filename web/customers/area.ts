import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "customers",
  pages: [
    { path: "/customers", permission: "customer:read", load: async () => (await import("./list/page.tsx")).CustomersPage },
    { path: "/customers/$customerId", permission: "customer:read", load: async () => (await import("./view/page.tsx")).CustomerPage },
  ],
  search: {
    id: "customers",
    permission: "customer:read",
    find: async (text, signal) => (await import("./search.ts")).findCustomers(text, signal),
    recent: async (signal) => (await import("./search.ts")).recentCustomers(signal),
  },
  home: [
    { id: "standing", permission: "customer:read", order: 5, load: async () => (await import("./home/standing-part.tsx")).StandingPart },
    {
      id: "portfolio",
      permission: "customer:read",
      order: 10,
      load: async () => (await import("./home/portfolio-part.tsx")).PortfolioPart,
    },
    {
      id: "portfolios",
      permission: "customer:read",
      order: 15,
      load: async () => (await import("./home/portfolios-part.tsx")).PortfoliosPart,
    },
    { id: "disputes", permission: "value:pin", order: 12, load: async () => (await import("./home/disputes-part.tsx")).DisputesPart },
    { id: "watch", permission: "customer:read", order: 17, load: async () => (await import("./home/portfolio-part.tsx")).WatchPart },
    { id: "kinds", permission: "customer:read", order: 18, load: async () => (await import("./home/kinds-part.tsx")).KindsPart },
    { id: "recent", permission: "customer:read", order: 20, load: async () => (await import("./home/recent-part.tsx")).RecentPart },
  ],
};
