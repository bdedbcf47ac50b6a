import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { Contacts, type Contact } from '../contacts/contact-book';
import { parseEmail } from '../contacts/email-address';
import type { Channel, Language } from '../templates/template.entity';

/** Whom a message is for; phone and e-mail as people write them. */
export type Address = { oneRecordId: number } | { phone: string } | { email: string };

export interface Destination {
  channel: Channel;
  recipient: string;
  oneRecordId: number | null;
  /** As the person prefers, where that is known. */
  language: Language | null;
  /** Whom the message is for, where others read it, too. */
  addressee: string | null;
}

/** Addresses and channels to places where a provider can deliver. */
@Injectable()
export class Addresses {
  constructor(
    private readonly store: Store,
    private readonly contacts: Contacts,
  ) {}

  /** For each address its destinations among `channels`; none for what cannot be reached by any. */
  async resolve(addresses: readonly Address[], channels: readonly Channel[]): Promise<Destination[][]> {
    const ids = addresses.flatMap((address) => ('oneRecordId' in address ? [address.oneRecordId] : []));
    const contacts = await this.contacts.of(ids);
    const browsers = channels.includes('PUSH')
      ? await this.browsersOf([...contacts.values()].map(({ oneRecordId }) => oneRecordId))
      : new Map<number, number[]>();
    return addresses.map((address) => {
      if ('phone' in address) return channels.includes('SMS') ? toPhone(address.phone) : [];
      if ('email' in address) return channels.includes('EMAIL') ? toEmail(address.email) : [];
      const contact = contacts.get(address.oneRecordId);
      if (!contact) return [];
      const { oneRecordId } = contact;
      return channels.flatMap((channel) =>
        recipientsOf(channel, contact, browsers).map((recipient) => ({
          channel,
          recipient,
          oneRecordId,
          language: contact.language,
          addressee: channel === 'SMS' && contact.phoneShared ? contact.name : null,
        })),
      );
    });
  }

  private async browsersOf(oneRecordIds: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.store.selectIn<{ id: number | string; record: number | string }>(
      (list) =>
        `SELECT "id", "one_record_id" AS "record" FROM "push_subscriptions"
         WHERE "one_record_id" IN (${list}) AND "ended_at" IS NULL ORDER BY "id"`,
      oneRecordIds,
    );
    const found = new Map<number, number[]>();
    for (const { id, record } of rows) found.set(Number(record), [...(found.get(Number(record)) ?? []), Number(id)]);
    return found;
  }
}

const toPhone = (phone: string): Destination[] => smsTo(phone).map((recipient) => alone('SMS', recipient));
const toEmail = (email: string): Destination[] => emailTo(email).map((recipient) => alone('EMAIL', recipient));
const alone = (channel: Channel, recipient: string): Destination => ({
  channel,
  recipient,
  oneRecordId: null,
  language: null,
  addressee: null,
});

function smsTo(phone: string | null): string[] {
  const { kind, e164 } = parsePhone(phone);
  return kind === 'mobile' && e164 ? [e164] : [];
}

function emailTo(email: string | null): string[] {
  const address = parseEmail(email ?? '');
  return address === null ? [] : [address];
}

function recipientsOf(
  channel: Channel,
  { oneRecordId, phone, email }: Contact,
  browsers: ReadonlyMap<number, number[]>,
): string[] {
  switch (channel) {
    case 'SMS':
      return smsTo(phone);
    case 'EMAIL':
      return emailTo(email);
    case 'PUSH':
      return (browsers.get(oneRecordId) ?? []).map(String);
    case 'INAPP':
    case 'PRINT':
      return [String(oneRecordId)];
  }
}
