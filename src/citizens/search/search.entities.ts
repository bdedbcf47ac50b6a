/** The index of the names in the legacy mirror, and who has searched it. Index rows can be built again at any time. */
import {
  BigIdColumn,
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

/** A word that stands in names of the register. Counts are as of the last settling of the index, rare words have none. */
@Entity('name_tokens')
@Unique(['token'])
export class NameToken {
  @IdColumn() id: number;
  @KeyColumn(40) token: string;
  /** The frequent word that it is probably a misspelling of; itself when none. */
  @KeyColumn(40) root: string;
  /** Names that bear it as their first word, between, and as their last. */
  @IntColumn() given: number;
  @IntColumn() middle: number;
  @IntColumn() family: number;
}

/** What two words that are not misspellings of a third share when they differ by one error, or sound alike. */
@Entity('name_token_typos', { withoutRowid: true })
export class NameTokenTypo {
  @CodeIdColumn(48) typoKey: string;
  @RefColumn('NameToken', { primary: true }) tokenId: number;
}

/** A name as it is compared: its words, joined by spaces; each stands here once, however many rows bear it. */
@Entity('name_forms')
@Unique(['name'])
export class NameForm {
  @IdColumn() id: number;
  @KeyColumn(500) name: string;
}

/** A word stands in a name, as its first (0), between (1), or as its last (2). */
@Entity('name_form_tokens', { withoutRowid: true })
export class NameFormToken {
  @RefColumn('NameToken', { primary: true }) tokenId: number;
  @RefColumn('NameForm', { primary: true }) formId: number;
  @BigIdColumn() place: number;
}

/** A set of words stands in a name (`formKeys` of name-matching). */
@Entity('name_form_keys', { withoutRowid: true })
export class NameFormKey {
  @BigIdColumn() formKey: number;
  @RefColumn('NameForm', { primary: true }) formId: number;
}

/** A row of the old systems bears a name; a joint row bears several. */
@Entity('citizen_names', { withoutRowid: true })
@Index(['citizenId', 'formId'])
export class CitizenName {
  @RefColumn('NameForm', { primary: true }) formId: number;
  @RefColumn('LegacyCitizen', { primary: true }) citizenId: number;
}

export const PURPOSES = ['COUNTER_SERVICE', 'LINKING', 'COMPLAINT', 'AUDIT', 'INTEGRATION'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const QUESTION_KINDS = ['NUMBER', 'NAME', 'BOTH', 'NOTHING'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Who looked for whom, and what for. The text names a person: auditors alone read it. */
@Entity('search_log')
@Index(['userId', 'at'])
@Index(['at'])
export class SearchLogEntry {
  @IdColumn() id: number;
  @InstantColumn() at: string;
  @RefColumn('User') userId: number;
  @EnumColumn(PURPOSES) purpose: Purpose;
  @EnumColumn(QUESTION_KINDS) kind: QuestionKind;
  @TextColumn(200) question: string;
  @IntColumn() hits: number;
}
