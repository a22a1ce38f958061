import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "approvals",
  pages: [
    { path: "/approvals", load: async () => (await import("./inbox/page.tsx")).ApprovalsPage },
    {
      path: "/approvals/policies",
      permission: "approval:manage",
      load: async () => (await import("./policies/page.tsx")).PoliciesPage,
    },
  ],
  // Whoever knows the organisation may be asked: nearly everybody.
  home: [
    {
      id: "approvals",
      permission: "organisation:read",
      order: 8,
      load: async () => (await import("./home/approvals-part.tsx")).ApprovalsPart,
    },
  ],
};
