import type { Area } from "../ui/area-contract.ts";

const customerPage = "/customers/$customerId";

export const area: Area = {
  namespace: "offers",
  pages: [{ path: "/offers", permission: "offer:manage", load: async () => (await import("./manage/page.tsx")).OffersPage }],
  parts: [
    {
      page: customerPage,
      spot: "next",
      id: "nextAction",
      permission: "customer:read",
      order: 5,
      load: async () => (await import("./customer/next-part.tsx")).NextPart,
    },
  ],
  home: [
    { id: "attention", permission: "customer:read", order: 1, load: async () => (await import("./home/attention-part.tsx")).AttentionPart },
  ],
};
