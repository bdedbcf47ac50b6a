import fc from 'fast-check';
import { commandOf, isAnswerable } from './inbound.rules';

describe('what a text message asks for', () => {
  it.each([
    ['STOP', 'STOP'],
    [' stop. ', 'STOP'],
    ['إلغاء', 'STOP'],
    ['الغاء', 'STOP'],
    ['أيقاف', 'STOP'],
    ['إيقاف!', 'STOP'],
    ['\u202eإلغاء\u202c', 'STOP'],
    ['إلـغـاء', 'STOP'],
    ['إلغاءٌ', 'STOP'],
    ['Start', 'START'],
    ['تفعيل', 'START'],
    ['رصيد', 'STATUS'],
    ['فاتوره', 'STATUS'],
    ['فاتورة؟', 'STATUS'],
    ['لا اريد إلغاء اشتراك المياه', 'NONE'],
    ['stop sign is broken in my street', 'NONE'],
    ['كم رصيد جاري', 'NONE'],
    ['', 'NONE'],
    ['؟؟', 'NONE'],
  ])('%j: %s', (text, command) => {
    expect(commandOf(text)).toBe(command);
  });

  it('is answered to mobiles that are not ours, however they are written', () => {
    const own = ['0599000999'];
    expect(isAnswerable('+970599000001', own)).toBe(true);
    for (const sender of ['+970599000999', '00972599000999', '059-9000999'])
      expect(isAnswerable(sender, own)).toBe(false);
    for (const sender of ['NABLUS', '4545', '+97092345678', '+15551234567', ''])
      expect(isAnswerable(sender, own)).toBe(false);
  });

  it('is never made out of a longer text', () => {
    fc.assert(
      fc.property(fc.constantFrom('stop', 'إلغاء', 'رصيد'), fc.stringMatching(/^[a-zب-ي]{2,20}$/), (word, more) => {
        expect(commandOf(`${word} ${more} ${more}`)).toBe('NONE');
      }),
    );
  });
});
