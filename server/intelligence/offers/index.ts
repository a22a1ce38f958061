export { decideDue, decideOffers } from "./decide-offers.ts";
export { orderOffers } from "./jobs.ts";
