import { Store } from '@libs/persistence';
import { Message, MessageContent } from '../../src/notifications/messages/message.entity';
import { dunningDesk } from '../support/dunning';

const desk = dunningDesk();

describe('a warning that was issued', () => {
  it('is told by text message, which says that it does not serve it', async () => {
    const { recordId } = await desk.debtor();
    const [warning] = await desk.warned();
    const store = desk.app.app.get(Store);
    const [message] = await store.reads(Message).findBy({ oneRecordId: recordId, channel: 'SMS' });
    expect(message).toMatchObject({ topic: 'legal', lane: 'TRANSACTIONAL', state: 'SENT' });
    const { body } = await store.reads(MessageContent).findOneByOrFail({ id: message!.id });
    expect(body.replace(/[\u2066-\u2069]/g, '')).toMatch(/إخطار رقم WN-[\w-]+ بمبلغ 500\.00 ILS.*وليست تبليغاً/);
    expect((await desk.read(warning.serial)).state).toBe('ISSUED');
  });
});
