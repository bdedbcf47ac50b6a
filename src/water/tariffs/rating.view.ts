import { addDays } from '@libs/calendar';
import { formatAmount, type Currency } from '@libs/money';
import type { RatedLine, Rating } from '@libs/tariff';
import type { RatedLineView, SimulationView } from './tariffs.dto';

/** Thousandths as m³: `20.000`. */
export const cubicMetres = (litres: number): string => (litres / 1000).toFixed(3);

/** Millionths as a decimal without zeros at its end, but with two places of a price. */
export function price(millionths: number): string {
  const text = (millionths / 1e6).toFixed(6).replace(/0+$/, '');
  const places = text.length - text.indexOf('.') - 1;
  return places < 2 ? text.padEnd(text.length + 2 - places, '0') : text;
}

const percent = (millionths: number): string => String(millionths / 1e4);

export function ratingView({ parts, currency, total }: Rating): SimulationView {
  const line = ({ component, amount, ...more }: RatedLine): RatedLineView => ({
    component,
    amount: String(amount),
    formatted: formatAmount(amount, currency),
    quantity: more.litres === undefined ? null : cubicMetres(more.litres),
    price: more.price === undefined ? null : price(more.price),
    percent: more.percent === undefined ? null : percent(more.percent),
  });
  return {
    parts: parts.map(({ tariff, from, to, days, litres, lines }) => ({
      ...{ tariff, from, to, days },
      consumption: cubicMetres(litres),
      lines: lines.map(line),
    })),
    currency,
    total: String(total),
    formatted: formatAmount(total, currency as Currency),
  };
}

export const lastDay = (from: string, days: number): string => addDays(from, days - 1);
