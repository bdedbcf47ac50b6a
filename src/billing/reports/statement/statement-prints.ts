import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import type { Language } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../../documents';
import type { IssuedAccountStatement } from './issued-statement.entity';
import { IssuedStatements } from './issued-statements';
import { accountStatementSheet } from './statement-sheet';

/** Issued statements of account on paper; every sheet is counted. */
@Injectable()
export class AccountStatementPrints {
  constructor(
    private readonly statements: IssuedStatements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first sheet is the original, the later ones are marked نسخة. */
  async pdf(issued: IssuedAccountStatement, lang: Language): Promise<StreamableFile> {
    const print = await this.statements.countPrint(issued);
    const sheet = accountStatementSheet(issued.content, this.config, { lang, print });
    const name = { ascii: `account-statement-${issued.serial}`, utf8: `كشف حساب ${issued.serial}` };
    return pdfFile(await renderPdf('statement-of-account', sheet), name);
  }
}
