export { CURRENCIES, DECIMALS } from './currency';
export type { Currency, MinorUnits, Money } from './currency';
export { addMoney, allocateByShares, fromHundredths, roundHalfUp, splitEvenly, sumByCurrency } from './arithmetic';
export { formatAmount, formatSums, parseAmount, toDecimalString } from './text';
export { DENOMINATIONS } from './denominations';
export type { AmountError, ParsedAmount } from './text';
export { amountInWords } from './words';
