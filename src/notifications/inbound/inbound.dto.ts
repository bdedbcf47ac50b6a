import { Flag, Id, InstantField, OneOf, PageQuery, Txt } from '@libs/http';
import { COMMANDS, type Command } from './inbound.rules';
import type { InboundMessage } from './inbound.entity';

export class InboundParam {
  @Id() id: number;
}

export class InboundQuery extends PageQuery {
  @OneOf(COMMANDS, { optional: true, example: 'NONE', about: 'NONE: for a person to read' }) command?: Command;
  @Flag({ optional: true, about: 'nobody has dealt with it yet' }) open?: boolean;
}

export class HandleInbound {
  @Txt({ min: 3, max: 500, example: 'أُبلغ قسم المياه' }) note: string;
}

export class InboundView {
  @Id() id: number;
  @Txt({ example: '+970599000001' }) sender: string;
  @Txt({ max: 1000, example: 'متى تعود المياه إلى رفيديا؟' }) text: string;
  @OneOf(COMMANDS, { example: 'NONE' }) command: Command;
  @Flag({ about: 'we wrote back' }) answered: boolean;
  @InstantField() receivedAt: string;
  @InstantField({ nullable: true }) handledAt: string | null;
  @Txt({ nullable: true, max: 500, example: 'أُبلغ قسم المياه' }) handledNote: string | null;
}

export const inboundView = ({
  provider: _provider,
  reference: _reference,
  handledBy: _by,
  body: text,
  ...message
}: InboundMessage): InboundView => ({ ...message, text });
