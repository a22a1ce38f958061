export { sampleAscending, seededRandom } from "./seeded.ts";
