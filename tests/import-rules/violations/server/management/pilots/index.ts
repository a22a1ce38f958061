// breaks: nothing
export const name = "management/pilots";
