import { useParams } from 'wouter';
import { useMay } from '../api/use-session';
import { Loaded } from '../shared/states';
import { DraftRecord } from './draft-record';
import { RecordView } from './record-view';
import { useRecord } from './use-record';

export default function RecordPage() {
  const id = Number(useParams<{ id: string }>().id);
  const may = useMay();
  return (
    <Loaded query={useRecord(id)}>
      {(record) =>
        record.state === 'DRAFT' && may('citizens.one-record.identify') ? (
          <DraftRecord key={record.id} record={record} />
        ) : (
          <RecordView key={record.id} record={record} cameFrom={record.id !== id} />
        )
      }
    </Loaded>
  );
}
