import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { allTemplates, hashOf, placeholdersOf, textsOf, type Template, type TextOf } from './define-template';
import { TEMPLATES } from './template.problems';
import { MessageTemplate, MessageTemplateText, type Channel, type Language } from './template.entity';

export interface UsedTemplate {
  row: MessageTemplate;
  texts: MessageTemplateText[];
}

/** The wording of a channel in the language wanted, else in Arabic, else in any; undefined where it has no words. */
export function wordingOf(texts: readonly MessageTemplateText[], channel: Channel, language: Language) {
  const words = texts.filter((text) => text.channel === channel);
  return words.find((text) => text.language === language) ?? words.find((text) => text.language === 'ar') ?? words[0];
}

/** Templates in use, and those that the code of modules declares. */
@Injectable()
export class Templates implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the code declares and no version of the table says becomes the version in use, unless staff wrote one. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.uow.run(() => this.declare());
    } catch (error) {
      // Another process that starts now was faster.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** The version in use. @throws {Problem} notifications.template-unknown */
  async inUse(code: string): Promise<UsedTemplate> {
    const row = await this.store.reads(MessageTemplate).findOneBy({ approvedCode: code });
    if (!row) throw new Problem(TEMPLATES['notifications.template-unknown'], { extra: { template: code } });
    return { row, texts: await this.textsOf(row.id) };
  }

  textsOf(templateId: number): Promise<MessageTemplateText[]> {
    return this.store.reads(MessageTemplateText).find({ where: { templateId }, order: { id: 'ASC' } });
  }

  /** In the active unit. */
  async insertTexts(templateId: number, texts: readonly TextOf[]): Promise<void> {
    const ids = await this.ids.many(texts.length);
    const rows = texts.map((text, at) => ({ id: ids[at]!, templateId, ...text }));
    await this.store.insert(MessageTemplateText, rows);
  }

  /** In the active unit: the version that was in use goes out of it. */
  async retire(code: string): Promise<void> {
    const retired = { state: 'RETIRED', approvedCode: null, retiredAt: this.clock.now() } as const;
    await this.store.update(MessageTemplate, { approvedCode: code }, retired);
  }

  private async declare(): Promise<void> {
    const rows = await this.store.reads(MessageTemplate).find({ order: { code: 'ASC', version: 'ASC' } });
    for (const template of allTemplates().values()) {
      const versions = rows.filter(({ code }) => code === template.code);
      const wanted = hashOf(template);
      const isKnown = versions.some(({ definitionHash }) => definitionHash === wanted);
      const current = versions.find(({ state }) => state === 'APPROVED');
      const isOfStaff = current?.definitionHash === null && samePlaceholders(current, template);
      // After a return to an older release, what the newer one declared asks for values that this one does not give.
      const fits = !current || samePlaceholders(current, template);
      if ((isKnown && fits) || isOfStaff) continue;
      await this.retire(template.code);
      await this.insertDeclared(template, (versions.at(-1)?.version ?? 0) + 1, wanted);
    }
  }

  private async insertDeclared(template: Template, version: number, definitionHash: string): Promise<void> {
    const { code, topic, placeholders, texts } = template;
    const id = await this.ids.one();
    const now = this.clock.now();
    await this.store.insert(MessageTemplate, {
      id,
      code,
      version,
      state: 'APPROVED',
      approvedCode: code,
      topic: topic.code,
      placeholders: placeholdersOf(placeholders),
      definitionHash,
      draftedBy: null,
      draftedAt: now,
      approvedBy: null,
      approvedAt: now,
      retiredAt: null,
    });
    await this.insertTexts(id, textsOf(texts));
  }
}

/** Whether the code that sends gives what a version asks for. */
export function samePlaceholders({ placeholders }: Pick<MessageTemplate, 'placeholders'>, template: Template): boolean {
  const key = (list: typeof placeholders) => JSON.stringify(list.map(({ name, kind }) => `${name}:${kind}`).sort());
  return key(placeholders) === key(placeholdersOf(template.placeholders));
}
