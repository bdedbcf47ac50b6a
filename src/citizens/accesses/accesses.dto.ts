import { DateField, InstantField, Int, OneOf, Part, Txt } from '@libs/http';
import { ROLES } from '../../identity';
import { ACCESS_KINDS, type AccessKind } from './record-access.entity';

/** What is the same of several looks of one day. */
export interface AccessGroup {
  day: string;
  user_id: number | string;
  department_id: number | string | null;
  role: string;
  kind: AccessKind;
  purpose: string | null;
  times: number | string;
  first_at: string | Date;
  last_at: string | Date;
}

class InBothLanguages {
  @Txt({ example: 'مركز خدمات الجمهور' }) ar: string;
  @Txt({ example: 'One-Stop Shop' }) en: string;
}

export class AccessView {
  @DateField() day: string;
  @OneOf(ACCESS_KINDS, { example: 'BILL' }) kind: string;
  @Part(() => InBothLanguages) what: InBothLanguages;
  @Part(() => InBothLanguages, { nullable: true }) department: InBothLanguages | null;
  @OneOf(ROLES, { example: 'clerk' }) role: string;
  @Part(() => InBothLanguages) position: InBothLanguages;
  @Txt({ nullable: true, example: null, about: 'where the municipality shows names' }) name: string | null;
  @Txt({ nullable: true, example: 'COUNTER_SERVICE', about: 'as the member of staff named it' }) purpose: string | null;
  @Int({ min: 1, example: 3 }) times: number;
  @InstantField() firstAt: string;
  @InstantField() lastAt: string;
}

const WHAT: Record<AccessKind, InBothLanguages> = {
  RECORD: { ar: 'السجل الموحد', en: 'The record' },
  ROWS: { ar: 'سجلات الأنظمة القديمة', en: 'Rows of the old systems' },
  DOCUMENTS: { ar: 'صور الوثائق', en: 'Scanned documents' },
  HISTORY: { ar: 'حركات السجل', en: 'History of the record' },
  ACCOUNT: { ar: 'الحسابات والأرصدة', en: 'Accounts and balances' },
  BILL: { ar: 'الفواتير والإنذارات', en: 'Bills and warnings' },
  STATEMENT: { ar: 'الكشوف والشهادات', en: 'Statements and certificates' },
  PAYMENT: { ar: 'الدفعات', en: 'Payments' },
  SERVICE: { ar: 'اشتراكات المياه وقراءاتها', en: 'Water subscriptions and readings' },
  MESSAGE: { ar: 'الرسائل وتفضيلاتها', en: 'Messages and preferences' },
};

const POSITIONS: Record<string, InBothLanguages> = {
  clerk: { ar: 'موظف', en: 'Clerk' },
  cashier: { ar: 'أمين صندوق', en: 'Cashier' },
  officer: { ar: 'مسؤول', en: 'Officer' },
  supervisor: { ar: 'مشرف', en: 'Supervisor' },
  auditor: { ar: 'مدقق', en: 'Auditor' },
  administrator: { ar: 'مدير النظام', en: 'Administrator' },
  integration: { ar: 'نظام آلي', en: 'Another system' },
};

export const accessView = (
  { day, user_id, department_id, role, kind, purpose, times, first_at, last_at }: AccessGroup,
  departments: ReadonlyMap<number, InBothLanguages>,
  names: ReadonlyMap<number, string>,
): AccessView => ({
  day,
  kind,
  what: WHAT[kind],
  department: departments.get(Number(department_id)) ?? null,
  role,
  position: POSITIONS[role] ?? { ar: role, en: role },
  name: names.get(Number(user_id)) ?? null,
  purpose,
  times: Number(times),
  firstAt: new Date(first_at).toISOString(),
  lastAt: new Date(last_at).toISOString(),
});
