import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import type { Language } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { statementSheet } from './sheet';
import type { Statement } from './statement.entity';
import { Statements } from './statements';

/** Statements of balances on paper; every sheet is counted. */
@Injectable()
export class StatementPrints {
  constructor(
    private readonly statements: Statements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first sheet is the original, the later ones are marked نسخة. */
  async pdf(statement: Statement, lang: Language): Promise<StreamableFile> {
    const { serial, content } = statement;
    const print = await this.statements.countPrint(statement);
    const sheet = await renderPdf('statement-of-balances', statementSheet(content, this.config, { lang, print }));
    return pdfFile(sheet, { ascii: `statement-${serial}`, utf8: `كشف أرصدة ${serial}` });
  }
}
