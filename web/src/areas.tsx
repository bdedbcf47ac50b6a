import {
  IconBuildingBank,
  IconCash,
  IconChecklist,
  IconClockDollar,
  IconReceipt,
  IconSearch,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { ADMIN_AREAS } from './admin/areas';
import type { SHELL } from './shell/shell.texts';

/** A line of the navigation and the pages below it; who holds none of `needs` does not see it. */
export interface Area {
  path: string;
  label: keyof (typeof SHELL)['ar'];
  icon: Icon;
  /** Any of these permissions. */
  needs: readonly string[];
  /** Alt and this key lead there. */
  key: string;
  /** Patterns of wouter; a page reads its parameters by `useParams`. */
  routes: readonly { path: string; page: LazyExoticComponent<ComponentType> }[];
}

export const AREAS: readonly Area[] = [
  {
    path: '/',
    label: 'search',
    icon: IconSearch,
    needs: ['citizens.row.search'],
    key: '1',
    routes: [
      { path: '/', page: lazy(() => import('./one-record/search-page')) },
      { path: '/records/:id', page: lazy(() => import('./one-record/record-page')) },
    ],
  },
  {
    path: '/approvals',
    label: 'queue',
    icon: IconChecklist,
    needs: ['citizens.one-record.approve', 'citizens.edit.decide'],
    key: '2',
    routes: [{ path: '/approvals', page: lazy(() => import('./one-record/queue-page')) }],
  },
  {
    path: '/proposals',
    label: 'proposals',
    icon: IconUsersGroup,
    needs: ['citizens.match-proposal.read'],
    key: '3',
    routes: [{ path: '/proposals', page: lazy(() => import('./one-record/proposals-page')) }],
  },
  {
    path: '/till',
    label: 'till',
    icon: IconCash,
    needs: ['billing.payment.take'],
    key: '4',
    routes: [
      { path: '/till', page: lazy(() => import('./till/till-page')) },
      { path: '/till/count/:id', page: lazy(() => import('./till/count-page')) },
    ],
  },
  {
    path: '/till/receipts',
    label: 'receipts',
    icon: IconReceipt,
    needs: ['billing.payment.read'],
    key: '5',
    routes: [
      { path: '/till/receipts', page: lazy(() => import('./till/receipts-page')) },
      { path: '/till/receipts/:serial', page: lazy(() => import('./till/receipt-page')) },
    ],
  },
  {
    path: '/till/shifts',
    label: 'shifts',
    icon: IconClockDollar,
    needs: ['billing.shift.read'],
    key: '6',
    routes: [
      { path: '/till/shifts', page: lazy(() => import('./till/shifts-page')) },
      { path: '/till/shifts/:id', page: lazy(() => import('./till/shift-page')) },
    ],
  },
  {
    path: '/till/deposits',
    label: 'deposits',
    icon: IconBuildingBank,
    needs: ['billing.deposit.read'],
    key: '7',
    routes: [{ path: '/till/deposits', page: lazy(() => import('./till/deposits-page')) }],
  },
  ...ADMIN_AREAS,
];
