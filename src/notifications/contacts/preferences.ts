import { Injectable } from '@nestjs/common';
import type { Topic } from '../templates/topics';
import type { Channel } from '../templates/template.entity';

export interface Receiver {
  oneRecordId: number | null;
  channel: Channel;
  /** E.164, e-mail address, or the id for channels that have no address. */
  contact: string;
}

/** Given by the part that keeps what citizens prefer. */
export interface PreferenceSource {
  /** For each receiver whether messages of this topic are not wanted there. */
  refused(topic: Topic, receivers: readonly Receiver[]): Promise<boolean[]>;
  /** Those of the records that want messages in working hours alone. */
  inDaytime(oneRecordIds: readonly number[]): Promise<ReadonlySet<number>>;
}

/** What citizens do not want to get; everything is wanted until somebody says otherwise. */
@Injectable()
export class Preferences {
  private source: PreferenceSource | undefined;

  /** While the application starts. @throws {Error} when there is one */
  register(source: PreferenceSource): void {
    if (this.source) throw new Error('a source of preferences is registered');
    this.source = source;
  }

  /** Of a mandatory topic nobody is asked. */
  async refused(topic: Topic, receivers: readonly Receiver[]): Promise<boolean[]> {
    if (topic.mandatory || !this.source || receivers.length === 0) return receivers.map(() => false);
    return this.source.refused(topic, receivers);
  }

  async inDaytime(oneRecordIds: readonly number[]): Promise<ReadonlySet<number>> {
    return this.source && oneRecordIds.length > 0 ? this.source.inDaytime(oneRecordIds) : new Set();
  }
}
