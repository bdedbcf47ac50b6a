import { Flag, Id, Int, Txt } from '@libs/http';

const CODE = { max: 20, pattern: /^[\w-]+$/ };

export class PlaceParam {
  @Id() id: number;
}

export class NewZone {
  @Txt({ ...CODE, example: 'Z-WEST' }) code: string;
  @Txt({ max: 120, example: 'المنطقة الغربية' }) nameAr: string;
  @Txt({ max: 120, example: 'West' }) nameEn: string;
}

export class ZoneView extends NewZone {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Flag() active: boolean;
}

export class NewRoute {
  @Txt({ ...CODE, example: '26' }) code: string;
  @Txt({ max: 120, example: 'رفيديا، الشارع الرئيسي' }) name: string;
  @Id({ optional: true }) zoneId?: number;
  @Int({ min: 1, max: 2, example: 1, about: 'months of a billing cycle' }) cycleMonths: number;
}

export class ChangeRoute {
  @Txt({ optional: true, min: 1, max: 120, example: 'رفيديا' }) name?: string;
  @Id({ optional: true }) zoneId?: number;
  @Int({ optional: true, min: 1, max: 2, example: 2 }) cycleMonths?: number;
  @Flag({ optional: true }) active?: boolean;
}

export class RouteView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: '26' }) code: string;
  @Txt({ example: 'خط سير 26' }) name: string;
  @Id({ nullable: true }) zoneId: number | null;
  @Int({ min: 1, max: 2, example: 1 }) cycleMonths: number;
  @Flag() active: boolean;
}
