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
    {
      id: "portfolio",
      permission: "customer:read",
      order: 10,
      load: async () => (await import("./home/portfolio-part.tsx")).PortfolioPart,
    },
    { id: "recent", permission: "customer:read", order: 20, load: async () => (await import("./home/recent-part.tsx")).RecentPart },
  ],
};
