import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "intake",
  pages: [
    { path: "/loads", permission: "load:read", load: async () => (await import("./loads/page.tsx")).LoadsPage },
    { path: "/loads/new", permission: "load:run", load: async () => (await import("./new-load/page.tsx")).NewLoadPage },
    { path: "/loads/$loadId", permission: "load:read", load: async () => (await import("./load/page.tsx")).LoadPage },
    { path: "/quarantine", permission: "quarantine:read", load: async () => (await import("./quarantine/page.tsx")).QuarantinePage },
    { path: "/mappings", permission: "load:read", load: async () => (await import("./mappings/page.tsx")).MappingsPage },
    { path: "/mappings/new", permission: "mapping:write", load: async () => (await import("./mappings/new-page.tsx")).NewMappingPage },
    { path: "/mappings/$mappingId", permission: "load:read", load: async () => (await import("./mappings/mapping-page.tsx")).MappingPage },
  ],
  home: [{ id: "loads", permission: "load:read", order: 40, load: async () => (await import("./home/loads-part.tsx")).LoadsPart }],
};
