import { AuditEntry } from './audit/audit-entry.entity';
import { LoginGuard, RefreshToken, Session } from './auth/session.entities';
import { Department, User } from './users/user.entity';

export const IDENTITY_ENTITIES = [Department, User, Session, RefreshToken, LoginGuard, AuditEntry];
