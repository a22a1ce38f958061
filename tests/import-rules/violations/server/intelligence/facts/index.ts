// breaks: nothing
export const name = "intelligence/facts";
