// breaks: nothing
export const Money = "money";
