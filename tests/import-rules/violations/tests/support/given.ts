// breaks: nothing
export const given = true;
