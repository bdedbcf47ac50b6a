import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { readerDataSource, writerDataSource, type Schema } from './data-source';
import { IdAllocator } from './ids';
import { Store } from './store';
import { Database, UnitOfWork } from './unit-of-work';

@Global()
@Module({})
export class PersistenceModule {
  static forRoot(url: string, schema: Schema): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [{ provide: Database, useFactory: () => openDatabase(url, schema) }, UnitOfWork, Store, IdAllocator],
      exports: [Database, UnitOfWork, Store, IdAllocator],
    };
  }
}

/** Opens both data sources; migrations are not run here. */
export async function openDatabase(url: string, schema: Schema): Promise<Database> {
  const opened: DataSource[] = [];
  try {
    for (const make of [writerDataSource, readerDataSource]) opened.push(await make(url, schema).initialize());
    return new Database(opened[0]!, opened[1]!);
  } catch (error) {
    await Promise.all(opened.map((each) => each.destroy()));
    throw error;
  }
}
