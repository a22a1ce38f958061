import { defineTopic } from "../../platform/events/index.ts";
import { CustomerChanged } from "./contract.ts";

export const customerChanged = defineTopic("customer_changed", CustomerChanged);
