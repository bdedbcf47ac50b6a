import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { loggable } from '@libs/persistence';
import { PREPAID } from './prepaid.problems';

export interface TokenRequest {
  /** One token for it, however often it is asked. */
  reference: string;
  decoderNumber: string;
  litres: number;
}

/** The vending system of the maker of the meters (STS, IEC 62055-41). It may be asked over the network: never inside a unit. */
interface TokenVendor {
  /** Litres by which its tokens count: a top-up is a multiple of it. */
  readonly step: number;
  /** @returns 20 digits. Whatever fails throws; the caller tries again. */
  token(request: TokenRequest): Promise<string>;
}

const TOKEN = /^\d{20}$/;

/** Twenty digits that no meter accepts, the same for a reference every time. */
const SANDBOX: TokenVendor = {
  step: 1,
  token: ({ reference, decoderNumber, litres }) => {
    const hash = createHash('sha256').update(`${reference} ${decoderNumber} ${litres}`).digest('hex');
    return Promise.resolve(String(BigInt(`0x${hash}`) % 10n ** 20n).padStart(20, '0'));
  },
};

/** The vending system that WATER_TOKEN_VENDOR names. */
@Injectable()
export class TokenVendors {
  private readonly logger = new Logger(TokenVendors.name);
  private readonly current: TokenVendor | null;

  constructor(@Inject(CONFIG) { waterTokenVendor }: Config) {
    this.current = waterTokenVendor === 'sandbox' ? SANDBOX : null;
  }

  /** Litres by which water is sold. @throws {Problem} water.vendor-none */
  get step(): number {
    return this.require().step;
  }

  /** @throws {Problem} water.vendor-none; vendor-failed, whatever it was */
  async token(request: TokenRequest): Promise<string> {
    const vendor = this.require();
    try {
      const token = await vendor.token(request);
      if (!TOKEN.test(token)) throw new Error(`no token of 20 digits for ${request.reference}`);
      return token;
    } catch (error) {
      this.logger.warn(loggable(error));
      throw new Problem(PREPAID['water.vendor-failed']);
    }
  }

  private require(): TokenVendor {
    if (!this.current) throw new Problem(PREPAID['water.vendor-none']);
    return this.current;
  }
}
