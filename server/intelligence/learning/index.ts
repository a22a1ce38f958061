export { modelChecksum, readModel, writeModel } from "./models/model-file.ts";
export { type CategoryColumn, type Column, categoryColumn, type NumberColumn, numberColumn, type Table, takeRows } from "./tables/table.ts";
export { TreeExplainer } from "./trees/explain-trees.ts";
export { gainImportance, type Importance, permutationImportance } from "./trees/importance.ts";
export { type NamedRow, TreeScorer } from "./trees/score-trees.ts";
export { type TrainingRows, trainTrees } from "./trees/train-trees.ts";
export type { Feature, TreeModel } from "./trees/tree-model.ts";
export type { TreeOptions } from "./trees/tree-options.ts";
