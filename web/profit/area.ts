import type { Area } from "../ui/area-contract.ts";

const customer = "/customers/$customerId";

export const area: Area = {
  namespace: "profit",
  pages: [
    { path: "/profit", permission: "profit:read", load: async () => (await import("./overview/page.tsx")).ProfitPage },
    { path: "/profit/tiers", permission: "profit:read", load: async () => (await import("./tiers/page.tsx")).TiersPage },
    { path: "/profit/parameters", permission: "profit:read", load: async () => (await import("./parameters/page.tsx")).ParametersPage },
  ],
  tabs: [
    {
      ...{ page: customer, id: "value", label: "customers:tabs.value", permission: "customer:read", order: 5 },
      load: async () => (await import("./customer/value-tab.tsx")).ValueTab,
    },
  ],
  parts: [
    {
      ...{ page: customer, spot: "marks", id: "tier", permission: "customer:read", order: 5 },
      load: async () => (await import("./customer/tier-mark.tsx")).TierMark,
    },
  ],
  home: [
    { id: "ownValue", permission: "customer:read", order: 8, load: async () => (await import("./home/own-value-part.tsx")).OwnValuePart },
  ],
};
