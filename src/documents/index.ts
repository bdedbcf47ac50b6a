import { Module } from '@nestjs/common';
import { Prints } from './issued';
import { Verifications } from './verifications';
import { VerifyController } from './verify.controller';

export { contentHash, isGenuine, letterheadOf, Prints, verifyUrlOf } from './issued';
export { maskName } from './masking';
export { pdfFile } from './pdf';
export { answerByPage, framedPage, html, ltr, publicPage, row, UNLISTED, wantsJson, type Html } from './public-page';
export type { Verdict } from './verdicts';
export type { VerificationView } from './verification.dto';
export { Verifications } from './verifications';

/** What all printed documents share, and the page behind their QR codes. */
@Module({ controllers: [VerifyController], providers: [Prints, Verifications], exports: [Prints, Verifications] })
export class DocumentsModule {}
