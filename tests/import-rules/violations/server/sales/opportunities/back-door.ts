// breaks: use-the-front-door
export { leads } from "../leads/store.ts";
