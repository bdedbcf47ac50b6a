import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { typedDay, writtenDay } from './typed-day';

interface DayFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  onChange: (day: string) => void;
}

/** A day typed as `24/11/2026`, `24-11-26` or `241126`, in Latin or Arabic digits; no calendar to be clicked through. */
export function DayField({ value, onChange, ...props }: DayFieldProps) {
  const [text, setText] = useState(writtenDay(value));
  const shown = typedDay(text) === value ? text : writtenDay(value);
  return (
    <TextInput
      dir="ltr"
      inputMode="numeric"
      placeholder="DD/MM/YYYY"
      {...props}
      value={shown}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(typedDay(currentTarget.value));
      }}
      onBlur={() => setText(writtenDay(value))}
    />
  );
}
