import { Injectable, type OnModuleInit } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { AudienceSources, type AudiencePage, type AudienceParameters, type AudienceSource } from '../../notifications';

const WRITTEN_TO = `"state" IN ('APPROVED', 'ACTIVATED')`;

const ALL = {
  code: 'citizens.all',
  about: { ar: 'كل أصحاب السجلات المعتمدة', en: 'Everybody with an approved record' },
  parameters: [],
} as const;

const LISTED = {
  code: 'citizens.listed',
  about: { ar: 'سجلات مختارة', en: 'Chosen records' },
  parameters: [
    {
      name: 'oneRecordIds',
      kind: 'numbers',
      required: true,
      about: { ar: 'السجلات، 5000 على الأكثر', en: 'Ids of the records, 5,000 at most' },
    },
  ],
} as const;

/** Audiences of public notices that are records. */
@Injectable()
export class RecordAudiences implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly sources: AudienceSources,
  ) {}

  onModuleInit(): void {
    const all: AudienceSource = { ...ALL, page: (_, after, limit) => this.everybody(after, limit) };
    const check = (parameters: AudienceParameters) => this.checkList(parameters);
    const listed: AudienceSource = { ...LISTED, check, page: (...args) => this.listed(...args) };
    this.sources.register(all);
    this.sources.register(listed);
  }

  private async everybody(after: string | null, limit: number): Promise<AudiencePage> {
    const rows = await this.store.sql<{ id: number | string }>(
      this.store.page(`SELECT "id" FROM "one_records" WHERE "id" > ? AND ${WRITTEN_TO}`, '"id"', 0, limit),
      [Number(after ?? 0)],
    );
    return pageOf(
      rows.map(({ id }) => Number(id)),
      limit,
    );
  }

  private async listed(parameters: AudienceParameters, after: string | null, limit: number): Promise<AudiencePage> {
    const rest = idsOf(parameters).filter((id) => id > Number(after ?? 0));
    const page = rest.slice(0, limit);
    const found = new Set(await this.writtenTo(page));
    const { next } = pageOf(page, limit);
    return { members: page.filter((id) => found.has(id)).map((oneRecordId) => ({ oneRecordId })), next };
  }

  private async checkList(parameters: AudienceParameters): Promise<void> {
    const ids = idsOf(parameters);
    if ((await this.writtenTo(ids)).length < ids.length) {
      throw invalidField('/audience/parameters/oneRecordIds', 'unknown');
    }
  }

  private async writtenTo(ids: readonly number[]): Promise<number[]> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) => `SELECT "id" FROM "one_records" WHERE "id" IN (${list}) AND ${WRITTEN_TO}`,
      ids,
    );
    return rows.map(({ id }) => Number(id));
  }
}

const idsOf = ({ oneRecordIds }: AudienceParameters): number[] =>
  [...new Set(oneRecordIds as number[])].sort((a, b) => a - b);

const pageOf = (ids: readonly number[], limit: number): AudiencePage => ({
  members: ids.map((oneRecordId) => ({ oneRecordId })),
  next: ids.length < limit ? null : String(ids.at(-1)),
});
