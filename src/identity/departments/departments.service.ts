import { Injectable } from '@nestjs/common';
import { Problem, pageOf, skipped, type Page } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../audit/audit';
import { CODES } from '../identity.problems';
import { Department } from '../users/user.entity';
import {
  departmentView,
  type ChangeDepartment,
  type CreateDepartment,
  type DepartmentsQuery,
  type DepartmentView,
} from './departments.dto';

@Injectable()
export class DepartmentsService {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
  ) {}

  async list(query: DepartmentsQuery): Promise<Page<DepartmentView>> {
    const where = query.active === undefined ? {} : { active: query.active };
    const [rows, total] = await this.store
      .reads(Department)
      .findAndCount({ where, order: { code: 'ASC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows.map(departmentView), total);
  }

  /** @throws {Problem} identity.department-taken */
  async create({ code, nameAr, nameEn }: CreateDepartment): Promise<DepartmentView> {
    const created = this.uow.run(async () => {
      const row: Department = { id: await this.ids.one(), version: 1, code, nameAr, nameEn, active: true };
      await this.store.insert(Department, row);
      await this.audit.record({ action: 'identity.department.create', detail: { departmentId: row.id, code } });
      return row;
    });
    return departmentView(
      await created.catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem(CODES['identity.department-taken']) : error;
      }),
    );
  }

  /** @throws {Problem} http.not-found, http.stale */
  async change(id: number, version: number, input: ChangeDepartment): Promise<DepartmentView> {
    return this.uow.run(async () => {
      const before = await this.store.reads(Department).findOneBy({ id });
      if (!before) throw new Problem('http.not-found');
      const { nameAr = before.nameAr, nameEn = before.nameEn, active = before.active } = input;
      const changes = { nameAr, nameEn, active };
      const next = await this.store.updateVersioned(Department, { id, version }, changes);
      await this.audit.record({ action: 'identity.department.update', detail: { departmentId: id, before, changes } });
      return departmentView({ ...before, ...changes, version: next });
    });
  }
}
