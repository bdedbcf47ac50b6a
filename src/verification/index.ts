import { Module } from '@nestjs/common';
import { Verifications } from './verifications';
import { VerifyController } from './verify.controller';

export { maskName } from './masking';
export type { VerificationView } from './verification.dto';
export { Verifications } from './verifications';

/** The page behind the QR code of every printed document. */
@Module({ controllers: [VerifyController], providers: [Verifications], exports: [Verifications] })
export class VerificationModule {}
