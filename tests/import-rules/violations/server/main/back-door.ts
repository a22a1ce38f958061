// breaks: main-uses-front-doors-too
export { leads } from "../sales/leads/store.ts";
