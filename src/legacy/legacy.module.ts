import { Module } from '@nestjs/common';
import { FileImport } from './import/file-import';
import { LegacyImporter } from './import/importer';
import { LegacyMirror } from './mirror/legacy-mirror';
import { NightlyImport } from './nightly';
import { RunBooks } from './runs/run-books';
import { LegacyRunsController } from './runs/runs.controller';
import { LegacyRuns } from './runs/runs.service';

@Module({
  controllers: [LegacyRunsController],
  providers: [LegacyMirror, LegacyImporter, FileImport, RunBooks, LegacyRuns, NightlyImport],
  exports: [LegacyMirror, LegacyImporter],
})
export class LegacyModule {}
