import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, ChangesVersion, IfMatch, Refuses, type Page } from '@libs/http';
import { CODES } from '../identity.problems';
import {
  ChangeDepartment,
  CreateDepartment,
  DepartmentParam,
  DepartmentsQuery,
  DepartmentView,
} from './departments.dto';
import { DepartmentsService } from './departments.service';

@ApiTags('departments')
@Controller('departments')
export class DepartmentsController {
  constructor(private readonly departments: DepartmentsService) {}

  @Get()
  @Allow('identity.department.read')
  @ApiOperation({ summary: 'Departments by code' })
  @ApiPage(DepartmentView)
  @Refuses('http.invalid')
  list(@Query() query: DepartmentsQuery): Promise<Page<DepartmentView>> {
    return this.departments.list(query);
  }

  @Post()
  @Allow('identity.department.create')
  @ApiOperation({ summary: 'Open a department' })
  @ApiCreatedResponse({ type: DepartmentView })
  @Refuses('http.invalid', CODES['identity.department-taken'])
  create(@Body() input: CreateDepartment): Promise<DepartmentView> {
    return this.departments.create(input);
  }

  @Patch(':id')
  @Allow('identity.department.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Rename, close or open again' })
  @ApiOkResponse({ type: DepartmentView })
  @Refuses('http.invalid', 'http.not-found')
  change(
    @Param() { id }: DepartmentParam,
    @IfMatch() version: number,
    @Body() input: ChangeDepartment,
  ): Promise<DepartmentView> {
    return this.departments.change(id, version, input);
  }
}
