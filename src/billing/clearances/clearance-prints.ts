import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import type { Language } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import type { Clearance } from './clearance.entity';
import { clearanceSheet } from './clearance-sheet';
import { Clearances } from './clearances';

/** Clearance certificates on paper; every sheet is counted. */
@Injectable()
export class ClearancePrints {
  constructor(
    private readonly clearances: Clearances,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first sheet is the original, the later ones are marked نسخة. */
  async pdf(clearance: Clearance, lang: Language): Promise<StreamableFile> {
    const print = await this.clearances.countPrint(clearance);
    const sheet = await renderPdf('clearance-certificate', clearanceSheet(clearance, this.config, { lang, print }));
    const { serial } = clearance;
    return pdfFile(sheet, { ascii: `clearance-${serial}`, utf8: `براءة ذمة ${serial}` });
  }
}
