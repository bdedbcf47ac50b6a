import { DateField, TextList, Txt } from '@libs/http';
import { ClearanceView, IssuedStatementView, IssuedSummaryView, SERVICE_TYPES, type ServiceType } from '../../billing';
import { StatementSummaryView, StatementView } from '../../citizens';
import { IsIn } from 'class-validator';

export class PortalSerialParam {
  @Txt({ max: 40, example: 'CL-WEB-2026-000012-34' }) serial: string;
}

export class PortalNewStatement {
  @DateField({ optional: true, about: 'balances at the end of this day, at the latest today; default today' })
  asOf?: string;
  @Txt({ optional: true, max: 200, example: 'معاملة ترخيص بناء', about: 'what it is needed for' }) purpose?: string;
}

export class PortalNewAccountStatement {
  @DateField({ optional: true, about: 'first day; default the first of the year of the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
  @Txt({ optional: true, max: 200, example: 'معاملة ترخيص بناء', about: 'what it is needed for' }) purpose?: string;
}

export class PortalNewClearance {
  @TextList({ optional: true, min: 1, max: SERVICE_TYPES.length, example: ['WATER'], about: 'default: all services' })
  @IsIn(SERVICE_TYPES, { each: true })
  serviceTypes?: ServiceType[];

  @Txt({ optional: true, max: 200, example: 'ترخيص بناء', about: 'what it is needed for' }) purpose?: string;
}

export class PortalStatementView extends StatementView {}

export class PortalStatementSummaryView extends StatementSummaryView {}

export class PortalClearanceView extends ClearanceView {}

export class PortalAccountStatementView extends IssuedStatementView {}

export class PortalAccountStatementSummaryView extends IssuedSummaryView {}
