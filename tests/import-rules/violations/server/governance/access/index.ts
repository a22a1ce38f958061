// breaks: nothing
export const name = "governance/access";
