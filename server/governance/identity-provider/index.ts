export { providerSecrets } from "./ask-provider.ts";
export { linksOf } from "./store.ts";
