import type { Config } from '@libs/config';
import { DateField, Id, InstantField, Int, Part, Txt } from '@libs/http';
import { verifyUrlOf } from '../../../documents';
import { RecordStatementView } from './account-statements.dto';
import type { IssuedAccountStatement } from './issued-statement.entity';

const SERIAL = 'SA-OSS-2026-000017-24';

export class IssuedSummaryView {
  @Txt({ example: SERIAL }) serial: string;
  @Id() oneRecordId: number;
  @InstantField() issuedAt: string;
  @DateField() firstDay: string;
  @DateField() lastDay: string;
  @Int({ example: 1, about: 'sheets given out' }) prints: number;
}

export class IssuedStatementView extends IssuedSummaryView {
  @Txt({ example: 'مها عيسى' }) issuedBy: string;
  @Txt({ nullable: true, example: 'معاملة ترخيص بناء' }) purpose: string | null;
  @Txt({ example: 'محمد أحمد خليل النابلسي' }) holder: string;
  @Txt({ example: `https://nablus.test/verify/${SERIAL}` }) verifyUrl: string;
  @Part(() => RecordStatementView) statement: RecordStatementView;
}

export const issuedSummaryView = (issued: IssuedSummaryView): IssuedSummaryView => ({
  serial: issued.serial,
  oneRecordId: issued.oneRecordId,
  issuedAt: issued.issuedAt,
  firstDay: issued.firstDay,
  lastDay: issued.lastDay,
  prints: issued.prints,
});

export function issuedView(issued: IssuedAccountStatement, config: Config): IssuedStatementView {
  const { issuedBy, purpose, holder, statement } = issued.content;
  const verifyUrl = verifyUrlOf(config, issued.serial);
  return { ...issuedSummaryView(issued), issuedBy, purpose, holder: holder.approvedName, verifyUrl, statement };
}
