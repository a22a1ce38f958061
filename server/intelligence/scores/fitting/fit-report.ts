import type { ModelReport } from "../contract.ts";

/** Everything kept of how a version was made and how good it is: plain JSON, nothing of single customers. */
export type FitReport = ModelReport;
/** Of the judged rows: later than everything learned from. */
export type Measures = ModelReport["measures"];
/** Chances from which a customer is flagged: those of 90 and 97 of 100 of the latest rows lie below. */
export type Bands = ModelReport["bands"];
/** How the model does within one group; auc is null below ten events or ten others. `ratio`: share not flagged against the group spared most. */
export type GroupFigures = ModelReport["groups"][number];
