import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, key, json, instant, oneOf, int, nullable, text, longText, flag, localDate } = kit;

const user = () => ref('users');
const record = () => ref('one_records');
const citizen = () => ref('legacy_citizens');

export class OneRecords1764000000004 implements MigrationInterface {
  name = 'OneRecords1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'one_records',
      {
        id: id(),
        number: key(11),
        party_type: oneOf('INDIVIDUAL', 'COMPANY', 'HEIRS', 'INSTITUTION'),
        state: oneOf('DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVATED', 'SUSPENDED', 'MERGED_INTO', 'REVOKED'),
        resumes_as: nullable(oneOf('APPROVED', 'ACTIVATED')),
        name_parts: nullable(json()),
        latin_name_parts: nullable(json()),
        approved_name: nullable(text(500)),
        approved_latin_name: nullable(text(500)),
        document_type: nullable(oneOf('NATIONAL_ID', 'PASSPORT', 'COMPANY_REGISTER')),
        document_number: nullable(key(40)),
        document_key: nullable(key(100)),
        claimed_document_key: nullable(key(110)),
        id_override_reason: nullable(text(1000)),
        id_overridden_by: nullable(user()),
        phone_e164: nullable(key(20)),
        phone_verified_at: nullable(instant()),
        email: nullable(text(254)),
        born_on: nullable(localDate()),
        died_on: nullable(localDate()),
        merged_into_id: nullable(record()),
        maker_id: user(),
        submitted_by: nullable(user()),
        submitted_at: nullable(instant()),
        approved_by: nullable(user()),
        approved_at: nullable(instant()),
        activated_at: nullable(instant()),
        created_at: instant(),
        version: int(),
      },
      {
        unique: [['number']],
        index: [['state', 'id']],
        uniqueWhereSet: [['claimed_document_key']],
      },
    );
    await createTable(
      runner,
      'one_record_links',
      {
        id: id(),
        one_record_id: record(),
        legacy_citizen_id: citizen(),
        relation: oneOf('SAME_PERSON', 'CO_OWNER', 'PARTNER', 'HEIR', 'REPRESENTATIVE', 'TENANT'),
        share_hundredths: nullable(int()),
        joint: flag(),
        active_citizen_id: nullable(citizen()),
        same_person_citizen_id: nullable(citizen()),
        approved_of_id: nullable(record()),
        linked_by: user(),
        linked_at: instant(),
        ended_by: nullable(user()),
        ended_at: nullable(instant()),
      },
      {
        index: [
          ['one_record_id', 'id'],
          ['legacy_citizen_id', 'id'],
        ],
        uniqueWhereSet: [['one_record_id', 'active_citizen_id'], ['same_person_citizen_id'], ['approved_of_id']],
      },
    );
    await createTable(
      runner,
      'not_same_persons',
      {
        id: id(),
        one_record_id: record(),
        legacy_citizen_id: citizen(),
        active_citizen_id: nullable(citizen()),
        reason: text(1000),
        found_by: user(),
        found_at: instant(),
        lifted_by: nullable(user()),
        lifted_at: nullable(instant()),
      },
      { uniqueWhereSet: [['one_record_id', 'active_citizen_id']] },
    );
    await createTable(
      runner,
      'one_record_evidence',
      {
        id: id(),
        one_record_id: record(),
        file_name: text(200),
        content_type: oneOf('image/jpeg', 'image/png', 'application/pdf'),
        sha256: key(64),
        size_bytes: int(),
        base64: longText(),
        uploaded_by: user(),
        uploaded_at: instant(),
      },
      { unique: [['one_record_id', 'sha256']] },
    );
    await createTable(
      runner,
      'one_record_transactions',
      {
        id: id(),
        year: int(),
        number: int(),
        one_record_id: record(),
        related_record_id: nullable(record()),
        action: oneOf(
          'CREATE',
          'LINK',
          'CHANGE_LINK',
          'UNLINK',
          'CHOOSE_APPROVED_ROW',
          'IDENTIFY',
          'OVERRIDE_ID',
          'ATTACH_EVIDENCE',
          'SUBMIT',
          'APPROVE',
          'REJECT',
          'SUSPEND',
          'REINSTATE',
          'REVOKE',
          'MERGE',
          'UNMERGE',
          'SPLIT',
          'NOT_SAME',
          'LIFT_NOT_SAME',
          'EDIT',
          'ACTIVATE',
          'CHANGE_PHONE',
        ),
        employee_id: nullable(user()),
        reason: nullable(text(1000)),
        before: nullable(json()),
        after: json(),
        evidence: nullable(key(64)),
        at: instant(),
        previous_hash: key(64),
        hash: key(64),
      },
      {
        unique: [['year', 'number']],
        index: [
          ['one_record_id', 'id'],
          ['related_record_id', 'id'],
          ['employee_id', 'at'],
        ],
      },
    );
    await createTable(
      runner,
      'edit_proposals',
      {
        id: id(),
        one_record_id: record(),
        base_version: int(),
        changes: json(),
        reason: text(1000),
        evidence_id: nullable(ref('one_record_evidence')),
        state: oneOf('PENDING', 'APPLIED', 'REJECTED'),
        proposed_by: user(),
        proposed_at: instant(),
        decided_by: nullable(user()),
        decided_at: nullable(instant()),
        decision: nullable(text(1000)),
        version: int(),
      },
      {
        index: [
          ['one_record_id', 'id'],
          ['state', 'id'],
        ],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'edit_proposals',
      'one_record_transactions',
      'one_record_evidence',
      'not_same_persons',
      'one_record_links',
      'one_records',
    ];
    for (const table of tables) await kit.dropTable(runner, table);
  }
}
