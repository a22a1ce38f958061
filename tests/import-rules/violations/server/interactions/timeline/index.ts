// breaks: nothing
export const name = "interactions/timeline";
