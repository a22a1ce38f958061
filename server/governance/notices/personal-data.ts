import type { DataMap } from "../../platform/data-map/index.ts";

export const noticeData = {
  "governance.notification": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "notification_id kind at read_at",
    staff: "person_id",
    raw: "detail",
  },
} as const satisfies DataMap;
