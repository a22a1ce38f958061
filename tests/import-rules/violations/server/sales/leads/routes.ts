// breaks: nothing
import { leads } from "./store.ts";
export const listLeads = leads;
