import * as fc from 'fast-check';
import { isValidIban, normalizeIban } from './index';

const digits = (text: string) => BigInt([...text].map((character) => parseInt(character, 36)).join(''));
const ibanOf = (bban: string) => `PS${String(98n - (digits(`${bban}PS00`) % 97n)).padStart(2, '0')}${bban}`;
const bban = fc.stringMatching(/^[A-Z]{4}[0-9]{21}$/);

it.each(['PS92PALS000000000400123456702', 'GB82WEST12345698765432', 'JO94CBJO0010000000000131000302'])(
  '%s is valid',
  (iban) => expect(isValidIban(iban)).toBe(true),
);

it.each([
  ['PS92PALS000000000400123456703', 'a wrong digit'],
  ['PS92PALS00000000040012345670', 'a digit too few'],
  ['PS46NBLS00000000040012345670', 'check digits that are right at a wrong length'],
  ['ps92pals000000000400123456702', 'small letters'],
  ['PS92 PALS 0000 0000 0400 1234 5670 2', 'spaces'],
  ['PS٩٢PALS000000000400123456702', 'other digits'],
  ['', 'nothing'],
])('%s is not: %s', (iban) => expect(isValidIban(iban)).toBe(false));

it('is brought to its electronic form', () => {
  expect(normalizeIban(' ps92 pals 0000 0000 0400 1234 5670 2\n')).toBe('PS92PALS000000000400123456702');
});

it('detects every changed digit and every swap of neighbours', () => {
  fc.assert(
    fc.property(bban, fc.integer({ min: 8, max: 27 }), fc.constantFrom(...'0123456789'), (text, at, other) => {
      const iban = ibanOf(text);
      expect(isValidIban(iban)).toBe(true);
      const replaced = iban.slice(0, at) + other + iban.slice(at + 1);
      expect(isValidIban(replaced)).toBe(replaced === iban);
      const swapped = iban.slice(0, at) + iban[at + 1]! + iban[at]! + iban.slice(at + 2);
      expect(isValidIban(swapped)).toBe(swapped === iban);
    }),
  );
});
