// breaks: nothing
import { z } from "zod";
export const Lead = z.object({ name: z.string() });
