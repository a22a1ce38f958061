import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "reports",
  pages: [
    { path: "/reports", permission: "report:read", load: async () => (await import("./list/page.tsx")).ReportsPage },
    { path: "/reports/new", permission: "report:read", load: async () => (await import("./detail/page.tsx")).NewReportPage },
    { path: "/reports/$reportId", permission: "report:read", load: async () => (await import("./detail/page.tsx")).ReportPage },
  ],
};
