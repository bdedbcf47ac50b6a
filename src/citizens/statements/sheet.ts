import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import type { StatementAccount, StatementCurrency, StatementOfBalances } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';
import { printed } from './amounts';
import type { StatedAccount, StatedAccounts, StatementContent } from './content';
import { documentLabel, sharedAs } from './labels';

const OWN = { ar: 'حسابات صاحب الكشف', en: "The holder's own accounts" };
const RELATED = { ar: 'حسابات مرتبطة بصفة أخرى', en: 'Accounts in another capacity' };
const RELATED_NOTE = {
  ar: 'شريك أو وارث أو وكيل أو مستأجر، كما هو مبين بجانب كل حساب؛ لا تدخل في مجاميع صاحب الكشف.',
  en: "Co-owner, partner, heir, representative or tenant, as stated beside each; not in the holder's totals.",
};

/** @param print 1 for the original, n for copy n */
export function statementSheet(
  content: StatementContent,
  config: Config,
  { lang, print }: { lang: Language; print: number },
): StatementOfBalances {
  const { holder, own, related, serial, issuedAt, asOf, issuedBy, purpose } = content;
  const { documentType, maskedDocument } = holder;
  const isShared = related.accounts.length > 0;
  return {
    letterhead: letterheadOf(config),
    lang,
    serial,
    copy: print > 1 ? print : null,
    issuedAt,
    asOf,
    issuedBy,
    purpose,
    holder: {
      approvedName: (lang === 'en' && holder.approvedLatinName) || holder.approvedName,
      oneRecordNumber: holder.oneRecordNumber,
      document:
        documentType && maskedDocument ? { label: documentLabel(documentType, lang), number: maskedDocument } : null,
    },
    sections: [
      { heading: isShared ? OWN[lang] : null, currencies: groups(own, lang) },
      { heading: RELATED[lang], note: RELATED_NOTE[lang], currencies: groups(related, lang) },
    ],
    verificationUrl: verifyUrlOf(config, serial),
  };
}

const groups = ({ accounts, totals }: StatedAccounts, lang: Language): StatementCurrency[] =>
  totals.map(({ currency, balance }) => ({
    currency,
    accounts: accounts.filter((account) => account.currency === currency).map((account) => row(account, lang)),
    total: printed(balance, currency),
  }));

const row = ({ relation, shareHundredths, ...account }: StatedAccount, lang: Language): StatementAccount => ({
  number: account.serviceNumber,
  type: account.type,
  relation: sharedAs(relation, shareHundredths, lang),
  address: account.address,
  status: account.status,
  balance: printed(account.balance, account.currency),
});
