import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "governance",
  pages: [
    {
      path: "/organisation",
      permission: "organisation:read",
      load: async () => (await import("./organisation/page.tsx")).OrganisationPage,
    },
  ],
};
