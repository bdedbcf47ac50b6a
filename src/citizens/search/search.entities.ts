/** The index of the names in the legacy mirror, and who has searched it. Index rows can be built again at any time. */
import {
  CodeIdColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** A word that stands in names of the register. */
@Entity('name_tokens')
@Unique(['token'])
export class NameToken {
  @IdColumn() id: number;
  @KeyColumn(40) token: string;
}

/** A word, and the word less any one letter: what two words share that differ by one typing error. */
@Entity('name_token_typos')
export class NameTokenTypo {
  @CodeIdColumn(40) typoKey: string;
  @RefColumn('NameToken', { primary: true }) tokenId: number;
}

/** A word stands in the name of a row. */
@Entity('citizen_name_tokens')
@Index(['citizenId', 'tokenId'])
export class CitizenNameToken {
  @RefColumn('NameToken', { primary: true }) tokenId: number;
  @RefColumn('LegacyCitizen', { primary: true }) citizenId: number;
}

export const PURPOSES = ['COUNTER_SERVICE', 'LINKING', 'COMPLAINT', 'AUDIT', 'INTEGRATION'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const QUESTION_KINDS = ['NUMBER', 'NAME', 'BOTH', 'NOTHING'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Who looked for whom, and what for. The text names a person: auditors alone read it. */
@Entity('search_log')
@Index(['userId', 'id'])
export class SearchLogEntry {
  @IdColumn() id: number;
  @InstantColumn() at: string;
  @RefColumn('User') userId: number;
  @EnumColumn(PURPOSES) purpose: Purpose;
  @EnumColumn(QUESTION_KINDS) kind: QuestionKind;
  @TextColumn(200) question: string;
  @IntColumn() hits: number;
}
