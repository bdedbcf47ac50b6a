export * from './columns';
export { connectionOf, DatabaseUrlError, readerDataSource, writerDataSource, type Schema } from './data-source';
export * from './errors';
export { IdAllocator, IdBlock } from './ids';
export { openDatabase, PersistenceModule } from './persistence.module';
export { Store, type Reads, type Versioned } from './store';
export { Database, UnitOfWork } from './unit-of-work';
export * as kit from './migration-kit';
export { whereSet } from './migration-kit';
