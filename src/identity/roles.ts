/** The one table of who may do what: a line a permission, `module.resource.verb`. */
export const ROLES = ['clerk', 'cashier', 'officer', 'supervisor', 'auditor', 'administrator', 'integration'] as const;
export type Role = (typeof ROLES)[number];

const COUNTER: Role[] = ['clerk', 'officer', 'supervisor'];
const DECIDERS: Role[] = ['officer', 'supervisor'];
const READERS: Role[] = ['clerk', 'cashier', 'officer', 'supervisor', 'auditor', 'integration'];
const EVERYONE: readonly Role[] = ROLES;

export const GRANTS = {
  'identity.self.use': EVERYONE,
  'identity.user.read': ['auditor', 'administrator'],
  'identity.user.create': ['administrator'],
  'identity.user.update': ['administrator'],
  'identity.user.reset-password': ['administrator'],
  'identity.user.unlock': ['administrator'],
  'identity.department.read': EVERYONE,
  'identity.department.create': ['administrator'],
  'identity.department.update': ['administrator'],
  'identity.audit.read': ['auditor', 'administrator'],

  'operations.message.read': ['administrator'],
  'operations.message.replay': ['administrator'],
  'dev.message.read': ['clerk', 'administrator'],

  'legacy.run.read': ['officer', 'supervisor', 'auditor', 'administrator', 'integration'],
  'legacy.run.start': ['administrator', 'integration'],

  'citizens.row.search': READERS,
  'citizens.row.read': READERS,
  'citizens.search-log.read': ['auditor'],
  'citizens.one-record.read': READERS,
  'citizens.one-record.read-document': [...COUNTER, 'auditor'],
  'citizens.one-record.create': COUNTER,
  'citizens.one-record.link': COUNTER,
  'citizens.one-record.unlink': COUNTER,
  'citizens.one-record.identify': COUNTER,
  'citizens.one-record.override-id': ['supervisor'],
  'citizens.one-record.submit': COUNTER,
  'citizens.one-record.print': COUNTER,
  'citizens.one-record.approve': DECIDERS,
  'citizens.one-record.reject': DECIDERS,
  'citizens.one-record.approve-high-risk': ['supervisor'],
  'citizens.one-record.merge': DECIDERS,
  'citizens.one-record.split': DECIDERS,
  'citizens.one-record.suspend': ['supervisor'],
  'citizens.one-record.revoke': ['supervisor'],
  'citizens.match-run.read': [...COUNTER, 'auditor', 'administrator', 'integration'],
  'citizens.match-run.start': ['supervisor', 'administrator', 'integration'],
  'citizens.match-proposal.read': [...COUNTER, 'auditor'],
  'citizens.match-proposal.decide': COUNTER,
  'citizens.edit.propose': COUNTER,
  'citizens.edit.decide': DECIDERS,
  'citizens.transaction.read': [...COUNTER, 'auditor'],
  'citizens.transaction.verify': ['supervisor', 'auditor'],
  'citizens.activation.send': COUNTER,
  'citizens.statement.issue': [...COUNTER, 'cashier'],
  'citizens.statement.read': [...COUNTER, 'cashier'],
  'citizens.report.read': ['supervisor', 'auditor', 'administrator'],

  'billing.account.read': READERS,
  'billing.clearance.issue': COUNTER,
  'billing.clearance.read': READERS,
  'billing.clearance.revoke': ['supervisor'],
  'billing.take-over.read': ['supervisor', 'auditor', 'administrator', 'integration'],
  'billing.take-over.start': ['administrator', 'integration'],
  'billing.proof.read': ['supervisor', 'auditor', 'administrator', 'integration'],
  'billing.period.read': ['officer', 'supervisor', 'auditor', 'administrator'],
  'billing.period.close': ['supervisor'],
  'billing.period.reopen': ['supervisor'],
  'billing.report.read': ['officer', 'supervisor', 'auditor'],
  'billing.account-statement.issue': [...COUNTER, 'cashier'],
  'billing.account-statement.read': [...COUNTER, 'cashier', 'auditor'],
  'billing.proof.start': ['supervisor', 'auditor', 'administrator', 'integration'],
  'billing.till.read': ['cashier', 'supervisor', 'auditor', 'administrator'],
  'billing.till.create': ['supervisor', 'administrator'],
  'billing.till.update': ['supervisor', 'administrator'],
  'billing.shift.open': ['cashier'],
  'billing.shift.count': ['cashier'],
  'billing.shift.close': ['supervisor'],
  'billing.shift.read': ['cashier', 'supervisor', 'auditor'],
  'billing.shift.read-all': ['supervisor', 'auditor'],
  'billing.payment.take': ['cashier'],
  'billing.payment.read': ['clerk', 'cashier', 'officer', 'supervisor', 'auditor'],
  'billing.payment.void': ['cashier', 'supervisor'],
  'billing.payment.reverse': ['supervisor', 'administrator'],
  'billing.payment.reverse-large': ['administrator'],
  'billing.receipt.print': ['clerk', 'cashier', 'supervisor'],
  'billing.deposit.create': ['supervisor'],
  'billing.deposit.confirm': ['officer', 'supervisor'],
  'billing.deposit.read': ['officer', 'supervisor', 'auditor'],
  'billing.recurring-charge.read': READERS,
  'billing.recurring-charge.create': DECIDERS,
  'billing.recurring-charge.update': DECIDERS,
  'billing.bill-run.read': ['officer', 'supervisor', 'auditor', 'administrator', 'integration'],
  'billing.bill-run.create': DECIDERS,
  'billing.bill-run.review': DECIDERS,
  'billing.bill-run.post': ['supervisor'],
  'billing.bill-run.issue': DECIDERS,
  'billing.bill-run.reverse': ['supervisor'],
  'billing.bill.read': READERS,
  'billing.adjustment.read': [...COUNTER, 'auditor'],
  'billing.adjustment.propose': COUNTER,
  'billing.adjustment.approve': DECIDERS,
  'billing.adjustment.approve-any-amount': ['supervisor'],
  'billing.adjustment.reverse': ['supervisor'],
  'billing.plan.read': READERS,
  'billing.plan.propose': DECIDERS,
  'billing.plan.cancel': DECIDERS,
  'billing.plan.restructure': DECIDERS,
  'billing.penalty-rule.read': [...COUNTER, 'cashier', 'auditor'],
  'billing.penalty-rule.create': ['supervisor'],
  'billing.penalty-run.read': ['supervisor', 'auditor', 'administrator', 'integration'],
  'billing.penalty-run.start': ['supervisor', 'integration'],
  'billing.discount-window.read': [...COUNTER, 'cashier', 'auditor'],
  'billing.discount-window.create': ['supervisor'],
} satisfies Record<string, readonly Role[]>;

const BY_ROLE = new Map<string, ReadonlySet<string>>(
  ROLES.map((role) => [role, new Set(Object.keys(GRANTS).filter((name) => grants(name).includes(role)))]),
);

function grants(permission: string): readonly Role[] {
  return GRANTS[permission as keyof typeof GRANTS];
}

/** What a role may do; nothing for a role nobody knows. */
export const permissionsOf = (role: string): ReadonlySet<string> => BY_ROLE.get(role) ?? new Set();
