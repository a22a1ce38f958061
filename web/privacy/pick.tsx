import { Select } from "@mantine/core";

/** Picks one of a closed list, named in the person's language. */
export function Pick<Value extends string>(props: {
  label: string;
  values: readonly Value[];
  value: Value | null;
  name: (value: Value) => string;
  onValue: (value: Value | null) => void;
  description?: string;
}) {
  const { label, values, value, name, onValue, description } = props;
  return (
    <Select
      label={label}
      description={description}
      required
      data={values.map((one) => ({ value: one, label: name(one) }))}
      value={value}
      onChange={(chosen) => onValue(values.find((one) => one === chosen) ?? null)}
    />
  );
}
