import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField, Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { allTemplates, type Value, type Values } from './define-template';
import { isMalformed, namesIn } from './render.rules';
import { TEMPLATES } from './template.problems';
import { MessageTemplate, type Placeholder, type PlaceholderKind } from './template.entity';
import { samePlaceholders, Templates } from './templates';
import type { DraftTemplate } from './templates.dto';
import { allTopics } from './topics';

/** What a placeholder of each kind may look like, for previews. */
const SAMPLES: { [K in PlaceholderKind]: Value } = {
  text: 'محمد أحمد النابلسي',
  money: { minor: 123_450, currency: 'ILS' },
  date: '2026-11-24',
  number: 12,
  code: '123456',
  link: '/s/4oJ3kQ9z',
};

/** Values for every placeholder: what is given, else a sample. */
export const withSamples = (placeholders: readonly Placeholder[], given: Record<string, unknown> = {}): Values => ({
  ...Object.fromEntries(placeholders.map(({ name, kind }) => [name, SAMPLES[kind]])),
  ...(given as Values),
});

/** The work of staff on templates: a version is written by one and approved by another. */
@Injectable()
export class TemplateDrafts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly templates: Templates,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The next version of a code, or the first of a new one. @throws {Problem} http.invalid */
  draft(input: DraftTemplate, userId: number): Promise<MessageTemplate> {
    return this.uow.run(async () => {
      check(input);
      const { code, topic, placeholders, texts } = input;
      const last = await this.store.reads(MessageTemplate).findOne({ where: { code }, order: { version: 'DESC' } });
      const row: MessageTemplate = {
        id: await this.ids.one(),
        code,
        version: (last?.version ?? 0) + 1,
        state: 'DRAFT',
        approvedCode: null,
        topic,
        placeholders: placeholders.map(({ name, kind }) => ({ name, kind })),
        definitionHash: null,
        draftedBy: userId,
        draftedAt: this.clock.now(),
        approvedBy: null,
        approvedAt: null,
        retiredAt: null,
      };
      await this.store.insert(MessageTemplate, row);
      await this.templates.insertTexts(
        row.id,
        texts.map(({ channel, language, subject, body }) => ({ channel, language, subject, body })),
      );
      await this.audit.record({ action: 'notifications.template.draft', detail: { code, version: row.version } });
      return row;
    });
  }

  /** It takes the place of the version in use. @throws {Problem} http.not-found, notifications.template-state, -four-eyes */
  approve(id: number, userId: number): Promise<MessageTemplate> {
    return this.uow.run(async () => {
      const row = await this.get(id);
      if (row.draftedBy === userId) throw new Problem(TEMPLATES['notifications.four-eyes']);
      await this.templates.retire(row.code);
      const approved = {
        state: 'APPROVED',
        approvedCode: row.code,
        approvedBy: userId,
        approvedAt: this.clock.now(),
      } as const;
      await this.move(row, ['DRAFT'], approved);
      return { ...row, ...approved };
    });
  }

  /** A draft that is given up, or a version that is used no more. @throws {Problem} as {@link approve}; http.invalid for one a module sends by */
  retire(id: number): Promise<MessageTemplate> {
    return this.uow.run(async () => {
      const row = await this.get(id);
      const isNeeded = row.state === 'APPROVED' && allTemplates().has(row.code);
      if (isNeeded) throw new Problem(TEMPLATES['notifications.template-state'], { extra: { state: row.state } });
      const retired = { state: 'RETIRED', approvedCode: null, retiredAt: this.clock.now() } as const;
      await this.move(row, ['DRAFT', 'APPROVED'], retired);
      return { ...row, ...retired };
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<MessageTemplate> {
    const row = await this.store.reads(MessageTemplate).findOneBy({ id });
    if (!row) throw new Problem('http.not-found');
    return row;
  }

  private async move(row: MessageTemplate, from: MessageTemplate['state'][], changes: Partial<MessageTemplate>) {
    const { id, code, version, state } = row;
    const moved = from.includes(state) && (await this.store.update(MessageTemplate, { id, state }, changes)) === 1;
    if (!moved) throw new Problem(TEMPLATES['notifications.template-state'], { extra: { state } });
    const verb = changes.state === 'APPROVED' ? 'approve' : 'retire';
    await this.audit.record({ action: `notifications.template.${verb}`, detail: { code, version } });
  }
}

function check({ code, topic, placeholders, texts }: DraftTemplate): void {
  if (!allTopics().has(topic)) throw invalidField('/topic', 'unknown');
  const names = placeholders.map(({ name }) => name);
  if (new Set(names).size < names.length) throw invalidField('/placeholders', 'twice');
  if (names.includes('municipality')) throw invalidField('/placeholders', 'reserved');
  const declared = allTemplates().get(code);
  // A module gives the values that it knows of.
  if (declared && !samePlaceholders({ placeholders }, declared)) throw invalidField('/placeholders', 'notOfTheModule');
  const known = new Set([...names, 'municipality']);
  const seen = new Set<string>();
  texts.forEach((text, at) => {
    const pointer = `/texts/${at}`;
    const { channel, language, subject, body } = text;
    if (seen.has(`${channel} ${language}`)) throw invalidField(pointer, 'twice');
    seen.add(`${channel} ${language}`);
    if ((channel === 'SMS') !== (subject === null))
      throw invalidField(`${pointer}/subject`, channel === 'SMS' ? 'none' : 'required');
    if (isMalformed(text)) throw invalidField(`${pointer}/body`, 'malformed');
    if (namesIn(`${subject ?? ''} ${body}`).some((name) => !known.has(name)))
      throw invalidField(`${pointer}/body`, 'placeholder');
  });
}
