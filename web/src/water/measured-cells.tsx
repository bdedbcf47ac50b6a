import { Table } from '@mantine/core';
import type { Schemas } from '../api/client';
import { Day, Ltr } from '../shared/values';

/** Of a row of readings: its period and day, the reading before and this one, m³ used, and m³ that were expected. */
export function MeasuredCells({ reading }: { reading: Schemas['ReadingView'] }) {
  const { period, readOn, previous, value, consumption, expected } = reading;
  return (
    <>
      <Table.Td>
        <Ltr>{period}</Ltr>
      </Table.Td>
      <Table.Td>
        <Day day={readOn} />
      </Table.Td>
      <Table.Td className="end">
        <Ltr>{previous ?? '—'}</Ltr>
      </Table.Td>
      <Table.Td className="end">
        <Ltr>{value}</Ltr>
      </Table.Td>
      <Table.Td className="end" fw={700}>
        <Ltr>{consumption}</Ltr>
      </Table.Td>
      <Table.Td className="end">
        <Ltr>{expected}</Ltr>
      </Table.Td>
    </>
  );
}
