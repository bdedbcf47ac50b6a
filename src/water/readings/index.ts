import { BillableReadings } from './billable-readings';
import { Capture } from './capture';
import { CaptureController } from './capture.controller';
import { CitizenReadings } from './citizen-readings';
import { Consumption } from './consumption';
import { Decisions } from './decisions';
import { Estimates } from './estimates';
import { ReaderDays } from './reader-days';
import { ReadingClosings } from './reading-closings';
import { ReadingFiles } from './reading-files';
import { ReadingList } from './reading-list';
import { ReadingReports } from './reading-reports';
import { ReadingReportsController } from './reading-reports.controller';
import { ReadingsController } from './readings.controller';
import { RouteReadingsController } from './route-readings.controller';
import { RouteSheets } from './route-sheet';
import { Sites } from './sites';
import { StandingRows } from './standing-rows';
import { Visits } from './visits';

export const READING_CONTROLLERS = [
  CaptureController,
  ReadingsController,
  RouteReadingsController,
  ReadingReportsController,
];
export const READING_PROVIDERS = [
  ...[
    BillableReadings,
    Capture,
    CitizenReadings,
    Consumption,
    Decisions,
    Estimates,
    ReaderDays,
    ReadingClosings,
    ReadingFiles,
    ReadingList,
  ],
  ...[ReadingReports, RouteSheets, Sites, StandingRows, Visits],
];
