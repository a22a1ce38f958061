export { providerSecrets } from "./ask-provider.ts";
