export { type BerkaEvaluation, type BerkaPart, evaluateBerka } from "./evaluate-berka.ts";
