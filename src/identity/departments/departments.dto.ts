import { Flag, Id, Int, PageQuery, Txt } from '@libs/http';
import type { Department } from '../users/user.entity';

export class DepartmentParam {
  @Id({ example: 12 }) id: number;
}

export class DepartmentsQuery extends PageQuery {
  @Flag({ optional: true, example: true }) active?: boolean;
}

export class CreateDepartment {
  @Txt({ max: 20, pattern: /^[A-Z][A-Z0-9_-]*$/, example: 'ROADS' }) code: string;
  @Txt({ max: 120, example: 'الطرق' }) nameAr: string;
  @Txt({ max: 120, example: 'Roads' }) nameEn: string;
}

export class ChangeDepartment {
  @Txt({ optional: true, min: 1, max: 120, example: 'الطرق والأرصفة' }) nameAr?: string;
  @Txt({ optional: true, min: 1, max: 120, example: 'Roads and Pavements' }) nameEn?: string;
  @Flag({ optional: true, example: false }) active?: boolean;
}

export class DepartmentView {
  @Id({ example: 12 }) id: number;
  @Int({ min: 1, example: 1, about: 'send it back as If-Match' }) version: number;
  @Txt({ example: 'OSS' }) code: string;
  @Txt({ example: 'مركز خدمات الجمهور' }) nameAr: string;
  @Txt({ example: 'One-Stop Shop' }) nameEn: string;
  @Flag({ example: true, about: 'a closed department takes no new staff' }) active: boolean;
}

export const departmentView = ({ id, version, code, nameAr, nameEn, active }: Department): DepartmentView => ({
  id,
  version,
  code,
  nameAr,
  nameEn,
  active,
});
