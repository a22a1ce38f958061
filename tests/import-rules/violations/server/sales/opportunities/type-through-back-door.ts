// breaks: use-the-front-door
export type { leads } from "../leads/store.ts";
