// breaks: rules-touch-no-runtime
export { z } from "zod";
