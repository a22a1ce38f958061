export { type Outbound, type OutboundSettings, openOutbound } from "./outbound.ts";
