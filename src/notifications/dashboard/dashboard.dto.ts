import { DateField, Fraction, Int, ListOf, MoneyField, OneOf, Txt } from '@libs/http';
import { LANES } from '@libs/outbox';
import { CHANNELS } from '../templates/template.entity';
import type { DashboardData, Grouped } from './dashboard';

export class DashboardQuery {
  @DateField({ about: 'first day, of Hebron' }) from: string;
  @DateField({ about: 'last day; at most 92 days' }) to: string;
}

class OutcomesView {
  @Txt({ example: 'SMS', about: 'channel, operator, code of the template or department; empty: none' }) key: string;
  @Int({ example: 1000 }) messages: number;
  @Int({ example: 40, about: 'taken by the provider, of which nothing later is known' }) sent: number;
  @Int({ example: 930 }) delivered: number;
  @Int({ example: 20 }) failed: number;
  @Int({ example: 10, about: 'not wanted, recalled, limits, bad contacts' }) suppressed: number;
  @Int({ example: 0 }) waiting: number;
  @Fraction({ nullable: true, about: 'delivered of what was delivered or failed' }) deliveredShare: number | null;
  @Int({ example: 2000 }) segments: number;
  @MoneyField({ about: 'agorot' }) cost: string;
}

class FailureView {
  @OneOf(['JAWWAL', 'OOREDOO', 'OTHER'], { example: 'JAWWAL' }) operator: string;
  @Txt({ example: 'unknown-subscriber' }) code: string;
  @Int({ example: 12 }) messages: number;
}

class LatencyView {
  @OneOf(CHANNELS, { example: 'SMS' }) channel: string;
  @OneOf(LANES, { example: 'OTP' }) lane: string;
  @Int({ example: 1000, about: 'messages looked at, the newest of the range' }) sample: number;
  @Int({ nullable: true, example: 180, about: 'ms from queueing until the provider had it' }) sentP50: number | null;
  @Int({ nullable: true, example: 900 }) sentP95: number | null;
  @Int({ nullable: true, example: 2400, about: 'ms from then until its delivery was reported' }) deliveredP50:
    number | null;
  @Int({ nullable: true, example: 9000 }) deliveredP95: number | null;
}

export class DashboardView {
  @ListOf(() => OutcomesView) channels: OutcomesView[];
  @ListOf(() => OutcomesView, { about: 'of text messages' }) operators: OutcomesView[];
  @ListOf(() => OutcomesView) templates: OutcomesView[];
  @ListOf(() => OutcomesView) departments: OutcomesView[];
  @ListOf(() => FailureView, { about: 'of text messages, most often first' }) failures: FailureView[];
  @ListOf(() => LatencyView) latencies: LatencyView[];
}

const outcomesView = ({ cost, ...group }: Grouped): OutcomesView => {
  const known = group.delivered + group.failed;
  const deliveredShare = known === 0 ? null : Math.round((group.delivered / known) * 1000) / 1000;
  return { ...group, deliveredShare, cost: String(cost) };
};

export const dashboardView = (data: DashboardData): DashboardView => ({
  channels: data.channels.map(outcomesView),
  operators: data.operators.map(outcomesView),
  templates: data.templates.map(outcomesView),
  departments: data.departments.map(outcomesView),
  failures: data.failures,
  latencies: data.latencies,
});
