import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "confidential",
  pages: [
    { path: "/confidential", permission: "seal:manage", load: async () => (await import("./compartments/page.tsx")).CompartmentsPage },
    { path: "/emergency", permission: "glass:break", load: async () => (await import("./emergency/page.tsx")).EmergencyPage },
    {
      path: "/confidential/reviews",
      permission: "glass:review",
      load: async () => (await import("./emergency/reviews-page.tsx")).ReviewsPage,
    },
    { path: "/budget", load: async () => (await import("./budget/page.tsx")).BudgetPage },
  ],
};
