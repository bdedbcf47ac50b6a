import type { AccountStatementContent, BillContent, HeldAccount } from '../../billing';
import type { StatementContent } from '../../citizens';
import { maskName } from '../../documents';
import { movementName } from '../accounts/movement-names';

/**
 * Whether the citizen stands beside others in an account, or in another's place. They see what is owed and used, and
 * nothing of who the others are or where they live.
 */
export const isShared = ({ relation }: { relation: HeldAccount['relation'] }): boolean => relation !== 'SAME_PERSON';

/** A bill as one who shares its account may read it, in no words that somebody typed. */
export const sharedBill = (content: BillContent): BillContent => ({
  ...content,
  holder: { name: maskName([content.holder.name]), oneRecordNumber: null },
  account: { ...content.account, address: null },
  lines: content.lines.map((line) => ({ ...line, detail: null })),
  ...(content.detail && { detail: { ...content.detail, address: null } }),
});

/** A statement of balances without the places of what is shared. */
export const ownPlaces = (content: StatementContent): StatementContent => ({
  ...content,
  related: { ...content.related, accounts: content.related.accounts.map((each) => ({ ...each, address: '' })) },
});

/** A statement of account that says of shared accounts what was posted, in no words that somebody typed. */
export const ownWords = (content: AccountStatementContent): AccountStatementContent => ({
  ...content,
  statement: {
    ...content.statement,
    accounts: content.statement.accounts.map((account) => ({
      ...account,
      entries: isShared(account as { relation: HeldAccount['relation'] })
        ? account.entries.map((entry) => ({ ...entry, description: movementName(entry.kind).ar }))
        : account.entries,
    })),
  },
});
