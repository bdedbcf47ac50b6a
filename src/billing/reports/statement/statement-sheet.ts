import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import type { AccountLedger, StatementOfAccount } from '@libs/printing';
import { documentLabel, printed, sharedAs } from '../../../citizens';
import { letterheadOf, verifyUrlOf } from '../../../documents';
import type { ServiceType } from '../../accounts/account.entity';
import type { RecordStatementView } from './account-statements.dto';
import type { AccountStatementContent } from './issued-statement.entity';

const SERVICES: Record<ServiceType, Record<Language, string>> = {
  WATER: { ar: 'مياه', en: 'Water' },
  SEWER: { ar: 'صرف صحي', en: 'Sewerage' },
  WASTE: { ar: 'نفايات', en: 'Solid waste' },
  PROPERTY: { ar: 'الأبنية والتعليم', en: 'Property and education tax' },
  LICENCE: { ar: 'حرف وصناعات', en: 'Trade licence' },
  PROJECT: { ar: 'مساهمة مشاريع', en: 'Project participation' },
  RENT: { ar: 'إيجارات', en: 'Rent' },
  OTHER: { ar: 'أخرى', en: 'Other' },
};

export const serviceName = (type: ServiceType, lang: Language): string => SERVICES[type][lang];

type StatedAccount = RecordStatementView['accounts'][number];

/** @param print 1 for the original, n for copy n */
export function accountStatementSheet(
  { serial, issuedAt, issuedBy, purpose, holder, statement }: AccountStatementContent,
  config: Config,
  { lang, print }: { lang: Language; print: number },
): StatementOfAccount {
  const { documentType, maskedDocument } = holder;
  return {
    letterhead: letterheadOf(config),
    lang,
    serial,
    copy: print > 1 ? print : null,
    issuedAt,
    issuedBy,
    purpose,
    verificationUrl: verifyUrlOf(config, serial),
    holder: {
      approvedName: (lang === 'en' && holder.approvedLatinName) || holder.approvedName,
      oneRecordNumber: holder.oneRecordNumber,
      document:
        documentType && maskedDocument ? { label: documentLabel(documentType, lang), number: maskedDocument } : null,
    },
    period: { from: statement.from, to: statement.to },
    accounts: statement.accounts.map((account) => ledger(account, lang)),
    closing: statement.closing.map(({ currency, closing }) => ({
      currency,
      amount: printed(Number(closing), currency),
    })),
  };
}

function ledger(account: StatedAccount, lang: Language): AccountLedger {
  const { number, currency, relation, serviceType, opening, debit, credit, closing, entries } = account;
  const amount = (minor: string) => printed(Number(minor), currency);
  const some = (minor: string) => (minor === '0' ? null : amount(minor));
  const service = serviceName(serviceType as ServiceType, lang);
  const shared = sharedAs(relation as Parameters<typeof sharedAs>[0], null, lang);
  return {
    accountNumber: number,
    service: shared === null ? service : `${service} (${shared})`,
    currency,
    opening: amount(opening),
    rows: entries.map((entry) => ({
      date: entry.on,
      document: entry.document ?? '',
      description: entry.description,
      debit: some(entry.debit),
      credit: some(entry.credit),
      balance: amount(entry.balance),
    })),
    totals: { debit: amount(debit), credit: amount(credit) },
    closing: amount(closing),
  };
}
