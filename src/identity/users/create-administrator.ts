import type { INestApplicationContext } from '@nestjs/common';
import { Problem } from '@libs/http';
import { USERNAME } from './users.dto';
import { UsersService } from './users.service';

export interface NewAdministrator {
  username: string;
  password: string;
  displayName: string;
}

/**
 * The first administrator of an installation, without a login.
 * @throws {Problem} http.invalid with the wrong fields, identity.username-taken
 */
export async function createAdministrator(app: INestApplicationContext, input: NewAdministrator): Promise<void> {
  const { username, password } = input;
  const displayName = input.displayName.trim();
  const errors = [
    ...(USERNAME.test(username) ? [] : [{ pointer: '/username', code: 'pattern' }]),
    ...(displayName && displayName.length <= 120 ? [] : [{ pointer: '/displayName', code: 'maxLength' }]),
  ];
  if (errors.length > 0) throw new Problem('http.invalid', { errors });
  await app.get(UsersService, { strict: false }).create({ username, password, displayName, role: 'administrator' });
}
