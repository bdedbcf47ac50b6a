import { AudienceSources } from './audience-sources';
import { NoticeReports } from './notice-reports';
import { NoticeSending } from './notice-sending';
import { NoticesController } from './notices.controller';
import { PublicNotices } from './public-notices';
import { PublishedNotices } from './published-notices';
import { PublishedNoticesController } from './published-notices.controller';

export { AudienceSources };
export type { AudiencePage, AudienceParameters, AudienceSource } from './audience-sources';

export const NOTICE_CONTROLLERS = [NoticesController, PublishedNoticesController];
export const NOTICE_PROVIDERS = [AudienceSources, NoticeReports, NoticeSending, PublicNotices, PublishedNotices];
