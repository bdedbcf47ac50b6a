import type { Section } from '../shared/section-links';
import type { ADMIN } from './admin.texts';

/** The pages of the administration, in the order of their links. */
export const SECTIONS: readonly Section<keyof (typeof ADMIN)['ar']>[] = [
  { path: '/admin/users', label: 'users', needs: ['identity.user.read'] },
  { path: '/admin/roles', label: 'roles', needs: ['identity.user.read'] },
  { path: '/admin/departments', label: 'departments', needs: ['identity.user.read'] },
  { path: '/admin/legacy', label: 'legacy', needs: ['legacy.run.read'] },
  { path: '/admin/jobs', label: 'jobs', needs: ['operations.message.read'] },
  { path: '/admin/webhooks', label: 'webhooks', needs: ['notifications.webhook.read'] },
  { path: '/admin/months', label: 'months', needs: ['billing.period.read', 'billing.proof.read'] },
  { path: '/admin/audit', label: 'audit', needs: ['identity.audit.read'] },
];
