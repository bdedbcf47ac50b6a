import { Id, InstantField, Int, Txt } from '@libs/http';

export class RecordOfSessions {
  @Id() id: number;
}

export class EndSessions {
  @Txt({ max: 500, example: 'فقد المواطن هاتفه' }) reason: string;
}

export class RunningSessionView {
  @Txt({ nullable: true, example: 'هاتف سامي', about: 'as the device called itself' }) device: string | null;
  @Txt({ nullable: true, example: '10.1.*.*' }) network: string | null;
  @InstantField() createdAt: string;
  @InstantField({ about: 'when tokens were last given' }) lastSeenAt: string;
}

export class EndedSessionsView {
  @Int({ example: 2 }) ended: number;
}
