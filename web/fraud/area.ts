import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "fraud",
  pages: [
    { path: "/fraud", permission: "fraud:read", load: async () => (await import("./queue/page.tsx")).QueuePage },
    { path: "/fraud/rules", permission: "fraud:read", load: async () => (await import("./rules/page.tsx")).RulesPage },
    { path: "/fraud/rules/$setNo", permission: "fraud:read", load: async () => (await import("./rules/set-page.tsx")).RuleSetPage },
    { path: "/fraud/course", permission: "fraud:read", load: async () => (await import("./course/page.tsx")).CoursePage },
    { path: "/fraud/$alertId", permission: "fraud:read", load: async () => (await import("./alert/page.tsx")).AlertPage },
  ],
  parts: [
    {
      page: "/customers/$customerId",
      spot: "marks",
      id: "fraud",
      permission: "customer:read",
      order: 5,
      load: async () => (await import("./mark.tsx")).FraudMark,
    },
  ],
};
