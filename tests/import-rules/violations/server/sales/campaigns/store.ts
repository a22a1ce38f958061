// breaks: nothing
export const campaigns: string[] = [];
