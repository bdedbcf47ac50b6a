import { Button, Group } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useMay } from '../api/use-session';

export interface Section<L extends string> {
  path: string;
  label: L;
  /** Any of these permissions. */
  needs: readonly string[];
}

interface SectionLinksProps<L extends string> {
  label: string;
  sections: readonly Section<L>[];
  t: (label: L) => string;
}

/** Links to the pages of an area that this user may see. */
export function SectionLinks<L extends string>({ label, sections, t }: SectionLinksProps<L>) {
  const may = useMay();
  const [location] = useLocation();
  const within = ({ path }: Section<L>) => location === path || location.startsWith(`${path}/`);
  /** `/notices/templates` lies in `/notices` too: the longest path is where one is. */
  const here = sections.filter(within).sort((one, other) => other.path.length - one.path.length)[0];
  return (
    <Group component="nav" aria-label={label} gap={4} mb="md">
      {sections
        .filter(({ needs }) => may(...needs))
        .map((section) => (
          <Button
            key={section.path}
            component={Link}
            href={section.path}
            size="compact-md"
            variant={section === here ? 'light' : 'subtle'}
            aria-current={section === here ? 'page' : undefined}
          >
            {t(section.label)}
          </Button>
        ))}
    </Group>
  );
}
