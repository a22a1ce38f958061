export { Reservoir } from "./reservoir.ts";
export { sampleAscending, seededRandom } from "./seeded.ts";
