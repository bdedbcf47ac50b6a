import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { usePreferences } from '../i18n/preferences';
import { Key, useKeys } from './keys';

export interface Found {
  key: string;
  content: ReactNode;
  pick: () => void;
}

interface FinderProps {
  label: string;
  placeholder: string;
  /** Of the whole page, that leads into the field; none in a dialog. */
  shortcut?: string;
  text: string;
  onText: (text: string) => void;
  found: readonly Found[];
  busy: boolean;
  /** Said when nothing is found. */
  none: string;
  /** Why nothing could be found: said instead, when the server was not reached or failed. */
  error?: unknown;
  autoFocus?: boolean;
}

/** A field with its results below it while one types: arrows choose, Enter takes the first or the chosen one. */
export function Finder({
  label,
  placeholder,
  shortcut,
  text,
  onText,
  found,
  busy,
  none,
  error,
  autoFocus,
}: FinderProps) {
  const { language } = usePreferences();
  const field = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const focus = () => (field.current?.focus(), field.current?.select());
  useKeys(shortcut ? [{ keys: shortcut, label, run: focus }] : []);
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!entered || busy) return;
    setEntered(false);
    take(found[0]);
  });
  const take = (chosen: Found | undefined) => {
    if (!chosen) return;
    combobox.closeDropdown();
    field.current?.blur();
    chosen.pick();
  };
  const asked = text.trim().length > 1;
  const problem = error ? asProblem(error, language) : undefined;
  const failed = problem && (problem.status === 0 || problem.status >= 500);
  return (
    <Combobox store={combobox} onOptionSubmit={(key) => take(found.find((each) => each.key === key))}>
      <Combobox.Target>
        <TextInput
          ref={field}
          aria-label={label}
          placeholder={placeholder}
          size="md"
          value={text}
          autoFocus={autoFocus}
          data-autofocus={autoFocus}
          leftSection={busy ? <Loader size={16} /> : <IconSearch size={18} />}
          rightSection={shortcut && <Key>{shortcut}</Key>}
          rightSectionWidth={52}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setEntered(false);
            onText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() >= 0) return;
            // What stands below may still answer what was typed before: the first of the answer to come is taken.
            event.preventDefault();
            if (asked) setEntered(true);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!asked || (found.length === 0 && busy)}>
        <Combobox.Options mah={360} style={{ overflowY: 'auto' }} aria-label={label}>
          {found.map(({ key, content }) => (
            <Combobox.Option key={key} value={key}>
              {content}
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>
              <Text size="sm" c={failed ? 'red' : undefined}>
                {failed ? problem.title : none}
              </Text>
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
