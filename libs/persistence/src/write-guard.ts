import { EventSubscriber, type EntitySubscriberInterface } from 'typeorm';
import type { BeforeQueryEvent } from 'typeorm/subscriber/event/QueryEvent';

/** Id blocks alone are taken outside a unit, in a statement of its own, so that a rollback never returns them. */
const WRITE = /^\s*(insert|delete|merge|truncate|update(?!\s+"id_blocks"))\b/i;

/** Refuses writes on the connections that serve reads: a write outside a unit of work is a defect. */
@EventSubscriber()
export class WriteGuard implements EntitySubscriberInterface {
  beforeQuery(event: BeforeQueryEvent): void {
    if (WRITE.test(event.query)) throw new Error(`write outside a unit of work: ${event.query.slice(0, 60)}`);
  }
}
