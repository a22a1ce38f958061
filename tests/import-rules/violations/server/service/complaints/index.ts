// breaks: nothing
export const name = "service/complaints";
