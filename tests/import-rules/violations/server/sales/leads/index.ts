// breaks: nothing
export const name = "sales/leads";
