import type { Area } from "../ui/area-contract.ts";

export const area: Area = {
  namespace: "segments",
  pages: [
    { path: "/segments", permission: "segment:read", load: async () => (await import("./list/page.tsx")).SegmentsPage },
    { path: "/segments/new", permission: "segment:write", load: async () => (await import("./build/page.tsx")).NewSegmentPage },
    { path: "/segments/clusters", permission: "segment:read", load: async () => (await import("./clusters/page.tsx")).ClustersPage },
    { path: "/segments/$segmentId", permission: "segment:read", load: async () => (await import("./detail/page.tsx")).SegmentPage },
  ],
};
