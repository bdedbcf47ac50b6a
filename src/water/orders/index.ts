import { CutMessages } from './cut-messages';
import { CutNoticeIssue } from './cut-notice-issue';
import { CutNoticePrintsController } from './cut-notice-prints.controller';
import { CutNotices } from './cut-notices';
import { CutNoticesController } from './cut-notices.controller';
import { CutRuns } from './cut-runs';
import { CutRunsController } from './cut-runs.controller';
import { CutSubjects } from './cut-subjects';
import { Exemptions } from './exemptions';
import { FieldLists } from './field-lists';
import { FieldListsController } from './field-lists.controller';
import { Moratoriums } from './moratoriums';
import { MoratoriumsController } from './moratoriums.controller';
import { OrderEnds } from './order-ends';
import { Orders } from './orders';
import { OrdersController } from './orders.controller';
import { Reconnections } from './reconnections';

export const ORDER_CONTROLLERS = [
  CutRunsController,
  CutNoticesController,
  CutNoticePrintsController,
  OrdersController,
  FieldListsController,
  MoratoriumsController,
];
export const ORDER_PROVIDERS = [
  CutMessages,
  CutNoticeIssue,
  CutNotices,
  CutRuns,
  CutSubjects,
  Exemptions,
  FieldLists,
  Moratoriums,
  OrderEnds,
  Orders,
  Reconnections,
];
