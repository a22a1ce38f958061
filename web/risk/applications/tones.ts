export const suggestionTone = { approve: "good", refer: "warn", decline: "bad" } as const;
export const stateTone = { open: "accent", approved: "good", declined: "bad", withdrawn: "quiet" } as const;
