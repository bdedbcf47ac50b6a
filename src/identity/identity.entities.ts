import { AuditEntry } from './audit/audit-entry.entity';
import { LoginGuard, RefreshToken, Session } from './auth/session.entities';
import { RateLimit } from './limits/rate-limit.entity';
import { OneTimeCode } from './otp/one-time-code.entity';
import { Department, User } from './users/user.entity';

export const IDENTITY_ENTITIES = [
  Department,
  User,
  Session,
  RefreshToken,
  LoginGuard,
  OneTimeCode,
  RateLimit,
  AuditEntry,
];
