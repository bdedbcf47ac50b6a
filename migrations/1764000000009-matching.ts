import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, ref, bigInt, int, text, instant, json, oneOf, nullable } = kit;

const user = () => ref('users');
const citizen = () => ref('legacy_citizens');

export class Matching1764000000009 implements MigrationInterface {
  name = 'Matching1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'match_runs',
      {
        id: id(),
        state: oneOf('RUNNING', 'DONE', 'FAILED'),
        started_via: oneOf('CLI', 'REST', 'IMPORT'),
        started_by: nullable(user()),
        started_at: instant(),
        finished_at: nullable(instant()),
        stage: oneOf('READ', 'LEARN', 'BLOCK', 'SCORE', 'CLUSTER', 'WRITE'),
        done: int(),
        total: int(),
        citizens: int(),
        clusters: int(),
        pairs: bigInt(),
        sure: int(),
        likely: int(),
        look: int(),
        failure: nullable(text(1000)),
      },
      { index: [['state']] },
    );
    await createTable(
      runner,
      'match_members',
      { citizen_id: { ...citizen(), primary: true }, role: codeId(20), cluster_id: bigInt(), bits: int() },
      { index: [['cluster_id', 'role', 'citizen_id']] },
    );
    await createTable(
      runner,
      'match_proposals',
      {
        id: id(),
        state: oneOf('OPEN', 'ACCEPTED', 'REJECTED', 'OUTDATED'),
        cluster_id: bigInt(),
        open_cluster_id: nullable(bigInt()),
        bits: int(),
        row_count: int(),
        decided_rows: nullable(json()),
        one_record_id: nullable(ref('one_records')),
        decided_by: nullable(user()),
        decided_at: nullable(instant()),
        reason: nullable(text(1000)),
        created_at: instant(),
        version: int(),
      },
      { index: [['state', 'bits', 'id']], uniqueWhereSet: [['open_cluster_id']] },
    );
    await createTable(
      runner,
      'rows_apart',
      {
        id: id(),
        legacy_citizen_id: citizen(),
        other_citizen_id: citizen(),
        active_citizen_id: nullable(citizen()),
        proposal_id: ref('match_proposals'),
        reason: text(1000),
        found_by: user(),
        found_at: instant(),
        lifted_by: nullable(user()),
        lifted_at: nullable(instant()),
        lift_reason: nullable(text(1000)),
      },
      {
        index: [
          ['legacy_citizen_id', 'id'],
          ['other_citizen_id', 'id'],
        ],
        uniqueWhereSet: [['active_citizen_id', 'other_citizen_id']],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['rows_apart', 'match_proposals', 'match_members', 'match_runs']) {
      await kit.dropTable(runner, table);
    }
  }
}
