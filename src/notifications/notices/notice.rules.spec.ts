import fc from 'fast-check';
import { NOTICE_STATES, type NoticeState } from './notice.entity';
import { after, costOf, type NoticeAct } from './notice.rules';

const ACTS: NoticeAct[] = ['CHANGE', 'COUNT', 'SUBMIT', 'RETURN', 'APPROVE', 'BEGIN', 'FINISH', 'RECALL'];

describe('the way of a notice', () => {
  it('never sends what was not submitted and approved after its last change', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 30 }), (acts) => {
        let state: NoticeState = 'DRAFT';
        let [submitted, approved] = [false, false];
        for (const act of acts) {
          const next = after(act, state);
          if (next === null) continue;
          if (act === 'SUBMIT') submitted = true;
          if (act === 'APPROVE') approved = submitted;
          if (act === 'RETURN') submitted = false;
          if (act === 'CHANGE') expect([submitted, approved]).toEqual([false, false]);
          if (act === 'BEGIN') expect([submitted, approved]).toEqual([true, true]);
          state = next;
        }
      }),
    );
  });

  it('ends with a recall', () => {
    for (const act of ACTS) expect(after(act, 'RECALLED')).toBeNull();
    expect(NOTICE_STATES.filter((state) => after('RECALL', state) === null)).toEqual(['DRAFT', 'RECALLED']);
  });

  it('costs what its channels cost', () => {
    const of = (cost: number) => ({ messages: 1, segments: 1, cost });
    expect(costOf({ channels: { SMS: of(700), EMAIL: of(0), INAPP: of(5) } })).toBe(705);
    expect(costOf({ channels: {} })).toBe(0);
  });
});
