import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "identity",
  pages: [
    { path: "/identity", permission: "identity:read", load: async () => (await import("./start-page.tsx")).StartPage },
    { path: "/identity/quality", permission: "identity:read", load: async () => (await import("./quality/page.tsx")).QualityPage },
    { path: "/identity/known", permission: "customer:read", load: async () => (await import("./known/page.tsx")).KnownPage },
    { path: "/identity/pairs/$a/$b", permission: "identity:decide", load: async () => (await import("./pair/page.tsx")).PairPage },
  ],
};
