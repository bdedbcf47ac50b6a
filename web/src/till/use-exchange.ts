import { useQueries } from '@tanstack/react-query';
import type { Currency, MinorUnits } from '@libs/money';
import { useState } from 'react';
import { client, sent, type Schemas } from '../api/client';
import { settle, type ExchangeQuestion, type Settlement, type TenderDraft } from './settlement';

const ask = (question: ExchangeQuestion) => ({
  queryKey: ['exchange', question],
  staleTime: 60_000,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    sent(client.GET('/api/v1/exchange-rates/quote', { params: { query: question }, signal })),
});

interface Exchange {
  settlement: Settlement;
  /** What the server says about a tender of another currency. */
  quoteOf: (tenderId: number) => Schemas['QuoteView'] | undefined;
  error: unknown;
}

/** The tenders against the totals; for money of another currency the server is asked about the day's rate. */
export function useSettlement(totals: ReadonlyMap<Currency, MinorUnits>, tenders: readonly TenderDraft[]): Exchange {
  const [asked, setAsked] = useState<readonly ExchangeQuestion[]>([]);
  const answers = useQueries({ queries: asked.map(ask) });
  const find = (question: ExchangeQuestion) =>
    answers[asked.findIndex((each) => JSON.stringify(each) === JSON.stringify(question))]?.data;
  const settlement = settle(totals, tenders, (question) => {
    const quote = find(question);
    return quote && { relieved: Number(quote.relieved.amount), price: Number(quote.price.amount) };
  });
  const questions = [...settlement.tenders.values()].flatMap(({ question }) => (question ? [question] : []));
  if (JSON.stringify(questions) !== JSON.stringify(asked)) setAsked(questions);
  return {
    settlement,
    quoteOf(tenderId) {
      const question = settlement.tenders.get(tenderId)?.question;
      return question && find(question);
    },
    error: answers.find(({ error }) => error)?.error ?? null,
  };
}
