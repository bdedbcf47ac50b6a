import { CutCandidate, CutNotice, CutRun, Holiday, Moratorium } from './cut.entity';
import { FieldList, WaterOrder } from './order.entity';

export const ORDER_ENTITIES = [CutCandidate, CutNotice, CutRun, FieldList, Holiday, Moratorium, WaterOrder];
