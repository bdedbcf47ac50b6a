import { Problem } from '@libs/http';
import { TILL } from './till.problems';

export const unknownDenomination = (pointer: string): Problem =>
  new Problem(TILL['billing.denomination-unknown'], { errors: [{ pointer, code: 'denomination' }] });
