export { Audit } from './audit/audit';
export { isLogin } from './auth/auth.controller';
export { DEMO_PASSWORD, seedDemoUsers } from './demo';
export { IdentityModule } from './identity.module';
export { GRANTS, permissionsOf, ROLES } from './roles';
export { createAdministrator } from './users/create-administrator';
export { Programs } from './users/programs';
export { Staff } from './users/staff';
