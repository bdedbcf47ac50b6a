import type { Currency } from '@libs/money';
import { useReducer } from 'react';
import { allDue, type LineDraft, type Payer } from './basket';
import type { ChequeDraft, TenderDraft, TenderKind } from './settlement';

export interface Basket {
  lines: readonly LineDraft[];
  tenders: readonly TenderDraft[];
  payerName: string;
  acceptAdvance: boolean;
  nextId: number;
  touched: boolean;
}

type Change =
  | { type: 'tick'; account: Pick<LineDraft, 'accountId' | 'currency'>; ticked: boolean }
  | { type: 'line'; accountId: number; changes: Partial<LineDraft> }
  | { type: 'lines'; lines: LineDraft[] }
  | { type: 'addTender'; kind: TenderKind; debt: Currency }
  | { type: 'tender'; id: number; changes: Partial<Omit<TenderDraft, 'id' | 'cheque'>>; cheque?: Partial<ChequeDraft> }
  | { type: 'removeTender'; id: number }
  | { type: 'payerName'; name: string }
  | { type: 'acceptAdvance'; accept: boolean };

const CHEQUE: ChequeDraft = {
  ...{ number: '', bank: '', bankName: '', branch: '' },
  ...{ drawer: '', drawerId: '', drawerAccount: '', dueOn: '' },
};

const tender = (id: number, kind: TenderKind, debt: Currency): TenderDraft => ({
  ...{ id, kind, debt, currency: debt, typed: '', reference: '', cheque: CHEQUE },
});

const isUntouchedCash = ({ kind, currency, debt, typed }: TenderDraft): boolean =>
  kind === 'CASH' && currency === debt && typed === '';

/** Every currency that is paid has a way of paying, at first cash; one that is not paid any more has none. */
function withTenders(basket: Basket): Basket {
  const debts = new Set(basket.lines.map(({ currency }) => currency));
  const kept = basket.tenders.filter(({ debt }) => debts.has(debt));
  const missing = [...debts].filter((debt) => kept.every((each) => each.debt !== debt));
  const added = missing.map((debt, at) => tender(basket.nextId + at, 'CASH', debt));
  return { ...basket, tenders: [...kept, ...added], nextId: basket.nextId + added.length };
}

const begin = (payer: Payer): Basket =>
  withTenders({
    ...{ lines: allDue(payer), tenders: [], payerName: payer.name, acceptAdvance: false, nextId: 1, touched: false },
  });

function change(basket: Basket, act: Change): Basket {
  const now = { ...basket, touched: true };
  switch (act.type) {
    case 'tick': {
      const others = basket.lines.filter(({ accountId }) => accountId !== act.account.accountId);
      return withTenders({ ...now, lines: act.ticked ? [...others, { ...act.account, typed: '' }] : others });
    }
    case 'line':
      return {
        ...now,
        lines: basket.lines.map((line) => (line.accountId === act.accountId ? { ...line, ...act.changes } : line)),
      };
    case 'lines':
      return withTenders({ ...now, lines: act.lines });
    case 'addTender': {
      // Cash of which nothing was said stands for all that is owed: what is added takes its place.
      const kept = basket.tenders.filter((each) => each.debt !== act.debt || !isUntouchedCash(each));
      const added = { ...tender(basket.nextId, act.kind, act.debt), added: true as const };
      return { ...now, tenders: [...kept, added], nextId: basket.nextId + 1 };
    }
    case 'tender':
      return {
        ...now,
        tenders: basket.tenders.map((each) =>
          each.id === act.id ? { ...each, ...act.changes, cheque: { ...each.cheque, ...act.cheque } } : each,
        ),
      };
    case 'removeTender':
      return withTenders({ ...now, tenders: basket.tenders.filter(({ id }) => id !== act.id) });
    case 'payerName':
      return { ...now, payerName: act.name };
    case 'acceptAdvance':
      return { ...now, acceptAdvance: act.accept };
  }
}

/** What is ticked and how it is paid; begins with all that the payer owes, in cash. */
export const useBasket = (payer: Payer) => useReducer(change, payer, begin);

export type ChangeBasket = ReturnType<typeof useBasket>[1];
