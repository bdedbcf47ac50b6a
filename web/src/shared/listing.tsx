import { Paper, Table } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';

interface ListingProps {
  /** Said by screen readers, and of the part that scrolls sideways on a narrow screen. */
  label: string;
  head: readonly ReactNode[];
  minWidth?: number;
}

/** Rows under a heading; `children` are `Table.Tr`. */
export const Listing = ({ label, head, minWidth = 640, children }: PropsWithChildren<ListingProps>) => (
  <Paper withBorder>
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': label } }}
    >
      <Table highlightOnHover verticalSpacing="xs" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {head.map((title, at) => (title ? <Table.Th key={at}>{title}</Table.Th> : <Table.Td key={at} />))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Paper>
);

/** Of a column whose values stand at its end, such as amounts. */
export const End = ({ children }: PropsWithChildren) => <div className="end">{children}</div>;
