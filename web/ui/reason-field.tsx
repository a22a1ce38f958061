import { Textarea } from "@mantine/core";

export const reasonLetters = { min: 3, max: 500 } as const;

/** Whether a reason is long enough to be read by whoever looks at it later. */
export function isReason(text: string, min: number = reasonLetters.min): boolean {
  return text.trim().length >= min;
}

interface ReasonFieldProps {
  label: string;
  description?: string;
  value: string;
  onValue: (value: string) => void;
  autoFocus?: boolean;
}

/** Why somebody does it. */
export function ReasonField({ label, description, value, onValue, autoFocus = false }: ReasonFieldProps) {
  return (
    <Textarea
      label={label}
      description={description}
      required
      autosize
      minRows={2}
      maxLength={reasonLetters.max}
      dir="auto"
      data-autofocus={autoFocus || undefined}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}
