// breaks: nothing
export const name = "customers/profiles";
