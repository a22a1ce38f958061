import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "people",
  pages: [
    { path: "/people/roles", permission: "organisation:read", load: async () => (await import("./roles/page.tsx")).RolesPage },
    { path: "/people/deputies", permission: "user:manage", load: async () => (await import("./deputies/page.tsx")).DeputiesPage },
    {
      path: "/people/portfolios",
      permission: "organisation:manage",
      load: async () => (await import("./portfolios/page.tsx")).PortfoliosPage,
    },
    { path: "/people/settings", permission: "user:manage", load: async () => (await import("./settings/page.tsx")).SettingsPage },
    { path: "/people/keys", load: async () => (await import("./keys/page.tsx")).KeysPage },
    { path: "/people/encryption", permission: "key:manage", load: async () => (await import("./encryption/page.tsx")).EncryptionPage },
    { path: "/people/sign-in", permission: "sign_in:manage", load: async () => (await import("./sign-in/page.tsx")).SignInSettingsPage },
    { path: "/people/access", permission: "access:explain", load: async () => (await import("./access/page.tsx")).AccessPage },
    { path: "/people/$userId", permission: "user:manage", load: async () => (await import("./person/page.tsx")).PersonPage },
    { path: "/account", load: async () => (await import("./account/page.tsx")).AccountPage },
  ],
};
