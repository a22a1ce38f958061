import { Textarea } from "@mantine/core";

export const reasonLetters = { min: 3, max: 500 } as const;

export function isReason(text: string): boolean {
  return text.trim().length >= reasonLetters.min;
}

export function ReasonField({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <Textarea
      label={label}
      required
      autosize
      minRows={2}
      maxLength={reasonLetters.max}
      dir="auto"
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}
