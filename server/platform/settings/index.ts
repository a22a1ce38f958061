export { readSetting, saveSetting } from "./store.ts";
