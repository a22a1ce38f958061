import { z } from "zod";
import { defineTopic } from "../../platform/events/index.ts";

export const glassBroken = defineTopic("glass_broken", z.object({ grantId: z.uuid() }));
