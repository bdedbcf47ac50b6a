import { IconReceiptTax, IconSettings, IconSpeakerphone } from '@tabler/icons-react';
import { lazy } from 'react';
import type { Area } from '../areas';
import { SECTIONS } from './sections';

export const ADMIN_AREAS: readonly Area[] = [
  {
    path: '/tariffs',
    label: 'tariffs',
    icon: IconReceiptTax,
    needs: ['water.tariff.read'],
    key: 'G',
    routes: [
      { path: '/tariffs', page: lazy(() => import('../tariffs/tariffs-page')) },
      { path: '/tariffs/new', page: lazy(() => import('../tariffs/edit-page')) },
      { path: '/tariffs/:id', page: lazy(() => import('../tariffs/tariff-page')) },
      { path: '/tariffs/:id/edit', page: lazy(() => import('../tariffs/edit-page')) },
    ],
  },
  {
    path: '/notices',
    label: 'notices',
    icon: IconSpeakerphone,
    needs: ['notifications.notice.read'],
    key: 'M',
    routes: [
      { path: '/notices', page: lazy(() => import('../notices/notices-page')) },
      { path: '/notices/new', page: lazy(() => import('../notices/notice-edit-page')) },
      { path: '/notices/templates', page: lazy(() => import('../notices/templates-page')) },
      { path: '/notices/templates/new', page: lazy(() => import('../notices/template-edit-page')) },
      { path: '/notices/templates/:id', page: lazy(() => import('../notices/template-page')) },
      { path: '/notices/inbound', page: lazy(() => import('../notices/inbound-page')) },
      { path: '/notices/sending', page: lazy(() => import('../notices/dashboard-page')) },
      { path: '/notices/:id', page: lazy(() => import('../notices/notice-page')) },
      { path: '/notices/:id/edit', page: lazy(() => import('../notices/notice-edit-page')) },
    ],
  },
  {
    path: '/admin',
    label: 'administration',
    icon: IconSettings,
    needs: SECTIONS.flatMap(({ needs }) => needs),
    key: '0',
    routes: [
      { path: '/admin', page: lazy(() => import('./index-page')) },
      { path: '/admin/users', page: lazy(() => import('./users-page')) },
      { path: '/admin/roles', page: lazy(() => import('./roles-page')) },
      { path: '/admin/departments', page: lazy(() => import('./departments-page')) },
      { path: '/admin/legacy', page: lazy(() => import('./legacy-page')) },
      { path: '/admin/legacy/:id', page: lazy(() => import('./legacy-run-page')) },
      { path: '/admin/jobs', page: lazy(() => import('./jobs-page')) },
      { path: '/admin/webhooks', page: lazy(() => import('./webhooks-page')) },
      { path: '/admin/months', page: lazy(() => import('./months-page')) },
      { path: '/admin/audit', page: lazy(() => import('./audit-page')) },
    ],
  },
];
