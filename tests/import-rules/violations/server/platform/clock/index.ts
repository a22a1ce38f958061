// breaks: nothing
export const name = "platform/clock";
