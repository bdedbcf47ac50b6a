import { Problem } from '@libs/http';
import { TILL } from './till.problems';

export const invalid = (pointer: string, code: string): Problem =>
  new Problem('http.invalid', { errors: [{ pointer, code }] });

export const unknownDenomination = (pointer: string): Problem =>
  new Problem(TILL['billing.denomination-unknown'], { errors: [{ pointer, code: 'denomination' }] });
