import fc from 'fast-check';
import { formKeys, kinKeys, questionKeys, type AskedToken } from './form-keys';

const token = fc.stringMatching(/^[ا-ي]{2,7}$/);
const asked = (tokens: readonly string[]): AskedToken[] => tokens.map((each) => ({ meant: [each], near: [] }));
const found = (question: readonly AskedToken[], form: readonly string[]) => {
  const { whole, near, part, nearPart } = questionKeys(question);
  const keys = new Set(formKeys(form));
  return [whole, near, part.flat(), nearPart].some((list) => list.some((key) => keys.has(key)));
};

describe('keys of names', () => {
  it('are safe integers, and do not depend on the order of the tokens', () => {
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 4 }), (tokens) => {
        const keys = formKeys(tokens);
        expect(keys.every(Number.isSafeInteger)).toBe(true);
        expect(keys.length).toBe(new Set(keys).size);
        expect(formKeys([...tokens].reverse())).toContain(keys.at(-1));
      }),
    );
  });

  it('lead from a name to every form that leaves out some of it, in any order', () => {
    const four = fc.uniqueArray(token, { minLength: 4, maxLength: 4 });
    const kept = fc.subarray([0, 1, 2, 3], { minLength: 2 });
    fc.assert(
      fc.property(four, kept, fc.boolean(), (name, places, turned) => {
        const form = places.map((at) => name[at]!);
        expect(found(asked(name), turned ? form.reverse() : form)).toBe(true);
      }),
    );
  });

  it.each([
    ['محمد طوقان', 'محمد خالد طوقان', true],
    ['محمد طوقان', 'محمد خالد سعيد طوقان', true],
    ['محمد خالد طوقان', 'محمد خالد سعيد طوقان', true],
    ['محمد خالد سعيد طوقان', 'محمد خالد نمر طوقان', true],
    ['طوقان', 'طوقان', true],
    ['محمد طوقان', 'محمد النمر', false],
    ['محمد خالد سعيد طوقان', 'خالد سمير', false],
    ['محمد خالد علي حسن عمر طوقان', 'محمد خالد علي سعيد عمر طوقان', true],
  ])('%s, %s: %s', (question, form, expected) => {
    expect(found(asked(question.split(' ')), form.split(' '))).toBe(expected);
  });

  it('lead to a form with one token an error away', () => {
    const question = asked(['محمد', 'خالد', 'طوقان']);
    question[1] = { meant: ['خالد'], near: ['خالب'] };
    expect(found(question, ['محمد', 'خالب', 'طوقان'])).toBe(true);
    expect(found(question, ['محمد', 'خالب', 'سعيد', 'طوقان'])).toBe(true);
    expect(found(question, ['سمير', 'سالم', 'طوقان'])).toBe(false);
  });

  it.each([
    ['سمير طارق سليمان شكعه', 0],
    ['سمير طارق شكعه', 1],
    ['سمير سليمان شكعه', -1],
    ['سمير شكعه', -1],
    ['طارق سليمان شكعه', -1],
    ['سمير طارق سليمان', -1],
    ['زهير طارق', -1],
    ['شكعه سمير طارق سليمان', -1],
    ['سمير محمود سليمان شكعه', -1],
  ])(
    'of kin lead to who bears another given name and else all of the name, or all but the grandfather: %s',
    (form, at) => {
      const lists = kinKeys(asked('زهير طارق سليمان شكعه'.split(' ')));
      const keys = new Set(formKeys(form.split(' ')));
      expect(lists.findIndex((list) => list.some((key) => keys.has(key)))).toBe(at);
    },
  );

  it('of kin are for names of three tokens and more', () => {
    expect(kinKeys(asked(['زهير', 'شكعه']))).toEqual([]);
    const [list] = kinKeys(asked(['زهير', 'طارق', 'شكعه']));
    expect(formKeys(['سمير', 'طارق', 'شكعه'])).toEqual(expect.arrayContaining(list!));
    expect(formKeys(['سمير', 'طارق', 'سليمان', 'شكعه'])).not.toEqual(expect.arrayContaining(list!));
  });

  it('stay few however long the text', () => {
    const long = Array.from({ length: 200 }, (_, i) => `كلمة${i}`);
    expect(formKeys(long).length).toBeLessThanOrEqual(13);
    expect(questionKeys(asked(long)).whole.length).toBeLessThan(40);
  });
});
