import { Flag, Id, InstantField, Txt } from '@libs/http';

export class SessionParam {
  @Id() id: number;
}

export class SessionView {
  @Id() id: number;
  @Txt({ nullable: true, example: 'هاتف سامي', about: 'as the device called itself' }) device: string | null;
  @Txt({ nullable: true, example: '10.1.*.*' }) network: string | null;
  @InstantField() createdAt: string;
  @InstantField({ about: 'when tokens were last given' }) lastSeenAt: string;
  @Flag({ example: true, about: 'the one that asks' }) current: boolean;
}
