import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, bigInt, int, minorUnits, longText, key, oneOf, instant, localDate, json, nullable } = kit;

const FILES = ['citizens', 'services', 'meters', 'parcels', 'licences', 'readings', 'movements'];

const mirrorRow = () => ({
  id: id(),
  first_run_id: ref('legacy_runs'),
  changed_run_id: nullable(ref('legacy_runs')),
  vanished_run_id: nullable(ref('legacy_runs')),
});

const attachedRow = () => ({
  ...mirrorRow(),
  source_key: key(100),
  occurrence: int(),
  raw_srv_no: longText(),
  service_id: nullable(ref('legacy_services')),
});

const ATTACHED = { unique: [['source_key', 'occurrence']], index: [['service_id']] };

export class Legacy1764000000003 implements MigrationInterface {
  name = 'Legacy1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'legacy_runs',
      {
        id: id(),
        state: oneOf('RUNNING', 'DONE', 'FAILED', 'ABANDONED'),
        started_via: oneOf('CLI', 'REST', 'NIGHTLY'),
        started_by: nullable(bigInt()),
        directory: longText(),
        content_hash: nullable(key(64)),
        started_at: instant(),
        finished_at: nullable(instant()),
        control: nullable(json()),
        totals: nullable(json()),
        fault: nullable(json()),
        differences: nullable(json()),
      },
      { index: [['state']] },
    );
    await createTable(
      runner,
      'legacy_run_files',
      {
        id: id(),
        run_id: ref('legacy_runs'),
        name: oneOf(...FILES),
        sha256: key(64),
        state: oneOf('WAITING', 'DONE'),
        records: int(),
        records_read: int(),
        accepted: int(),
        unchanged: int(),
        changed: int(),
        refused: int(),
        vanished: int(),
      },
      { unique: [['run_id', 'name']] },
    );
    await createTable(
      runner,
      'legacy_rejects',
      {
        id: id(),
        run_id: ref('legacy_runs'),
        file_name: oneOf(...FILES),
        line_number: int(),
        source_key: longText(),
        reason: key(100),
        raw_line: longText(),
      },
      { unique: [['run_id', 'file_name', 'line_number']] },
    );
    await createTable(
      runner,
      'legacy_citizens',
      {
        ...mirrorRow(),
        cit_no: key(100),
        raw_name: longText(),
        raw_doc_type: longText(),
        raw_doc_no: longText(),
        raw_phone: longText(),
        raw_address: longText(),
        raw_entry_date: longText(),
        document_key: nullable(key(100)),
        phone_e164: nullable(key(20)),
        entered_on: nullable(localDate()),
      },
      { unique: [['cit_no']], index: [['document_key'], ['phone_e164']] },
    );
    await createTable(
      runner,
      'legacy_services',
      {
        ...mirrorRow(),
        srv_no: key(100),
        citizen_id: ref('legacy_citizens'),
        raw_type: longText(),
        raw_address: longText(),
        raw_status: longText(),
        raw_start: longText(),
        started_on: localDate(),
      },
      { unique: [['srv_no']], index: [['citizen_id']] },
    );
    await createTable(
      runner,
      'legacy_meters',
      {
        ...attachedRow(),
        raw_serial: longText(),
        raw_diameter: longText(),
        raw_class: longText(),
        raw_route: longText(),
        raw_seq: longText(),
        raw_installed: longText(),
        diameter_mm: nullable(int()),
        installed_on: nullable(localDate()),
      },
      ATTACHED,
    );
    await createTable(
      runner,
      'legacy_parcels',
      {
        ...attachedRow(),
        raw_basin: longText(),
        raw_plot: longText(),
        raw_area: longText(),
        raw_rental_value: longText(),
        raw_use: longText(),
        raw_built: longText(),
        rental_value: nullable(minorUnits()),
      },
      ATTACHED,
    );
    await createTable(
      runner,
      'legacy_licences',
      {
        ...attachedRow(),
        raw_trade: longText(),
        raw_grade: longText(),
        raw_fee: longText(),
        raw_expires: longText(),
        fee: nullable(minorUnits()),
        expires_on: nullable(localDate()),
      },
      ATTACHED,
    );
    await createTable(
      runner,
      'legacy_readings',
      {
        ...attachedRow(),
        raw_serial: longText(),
        raw_period: longText(),
        raw_reading: longText(),
        raw_source: longText(),
        raw_reader: longText(),
        period: key(7),
        reading: nullable(int()),
      },
      ATTACHED,
    );
    await createTable(
      runner,
      'legacy_movements',
      {
        ...mirrorRow(),
        doc: key(100),
        service_id: ref('legacy_services'),
        raw_date: longText(),
        dated_on: nullable(localDate()),
        kind: longText(),
        debit: minorUnits(),
        credit: minorUnits(),
        currency: key(100),
      },
      { unique: [['doc']], index: [['service_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const attached = ['movements', 'readings', 'licences', 'parcels', 'meters', 'services', 'citizens'];
    for (const table of [...attached, 'rejects', 'run_files', 'runs']) await kit.dropTable(runner, `legacy_${table}`);
  }
}
