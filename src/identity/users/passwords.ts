import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default kind) with the parameters OWASP recommends: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing takes tens of milliseconds: never call it inside a unit of work. */
@Injectable()
export class Passwords {
  private nobodys: Promise<string> | undefined;

  /** @returns argon2id in PHC form, at most 200 characters */
  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), COST);
  }

  /** Takes as long for a user who does not exist (`passwordHash` undefined) as for a wrong password. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    this.nobodys ??= this.hash(randomBytes(32).toString('hex'));
    const nobodys = await this.nobodys;
    const matches = await verify(passwordHash ?? nobodys, password.normalize('NFKC'));
    return matches && passwordHash !== undefined;
  }
}
