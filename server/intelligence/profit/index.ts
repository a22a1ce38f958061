export { listParameters, proposeParameters, readParameters } from "./parameters.ts";
export { readParameterYaml } from "./read-yaml.ts";
export { applyParameters, refreshProfit } from "./refresh-profit.ts";
