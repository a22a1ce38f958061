import { z } from "zod";
import { defineTopic } from "../../../platform/events/index.ts";

/** Another version serves for a purpose, as champion or in the shadow. */
export const versionDeployed = defineTopic("model_version_deployed", z.object({ modelId: z.string() }));
