import { countBody, countedSum, isCountable, typedPieces } from './count';

describe('a count', () => {
  const draft = { 'ILS 20000': '3', 'ILS 10': '٧', 'JOD 250': '2', 'USD 100': '0' };

  it('is summed exactly, in the pieces of each currency', () => {
    expect([countedSum(draft, 'ILS'), countedSum(draft, 'JOD'), countedSum(draft, 'USD')]).toEqual([60_070, 500, 0]);
    expect(countBody(draft)).toEqual({
      counts: [
        {
          currency: 'ILS',
          pieces: [
            { denomination: '200.00', pieces: 3 },
            { denomination: '0.10', pieces: 7 },
          ],
        },
        { currency: 'JOD', pieces: [{ denomination: '0.250', pieces: 2 }] },
      ],
    });
    expect(countBody({})).toEqual({ counts: [] });
  });

  it('takes whole numbers of pieces alone', () => {
    expect(['', undefined, ' 12 ', '١٢'].map(typedPieces)).toEqual([0, 0, 12, 12]);
    expect(['-1', '1.5', 'x', '100001'].map(typedPieces)).toEqual([null, null, null, null]);
    expect([isCountable(draft), isCountable({ 'ILS 500': '1.5' })]).toEqual([true, false]);
  });
});
