import {
  IconArrowsExchange,
  IconBuildingBank,
  IconCash,
  IconChecklist,
  IconClipboardList,
  IconClockDollar,
  IconWritingSign,
  IconDroplet,
  IconPlugConnected,
  IconZoomQuestion,
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
  {
    path: '/cheques',
    label: 'cheques',
    icon: IconWritingSign,
    needs: ['billing.cheque-deposit.read', 'billing.payment.take'],
    key: 'H',
    routes: [
      { path: '/cheques', page: lazy(() => import('./cheques/cheques-page')) },
      { path: '/cheques/deposits', page: lazy(() => import('./cheques/deposits-page')) },
      { path: '/cheques/:id', page: lazy(() => import('./cheques/cheque-page')) },
    ],
  },
  {
    path: '/rates',
    label: 'rates',
    icon: IconArrowsExchange,
    needs: ['billing.rate.enter', 'billing.payment.take'],
    key: 'E',
    routes: [{ path: '/rates', page: lazy(() => import('./rates/rates-page')) }],
  },
  {
    path: '/water',
    label: 'water',
    icon: IconDroplet,
    needs: ['water.subscription.read'],
    key: '8',
    routes: [
      { path: '/water', page: lazy(() => import('./water/desk-page')) },
      { path: '/water/subscriptions/:id', page: lazy(() => import('./water/subscription-page')) },
    ],
  },
  {
    path: '/water/requests',
    label: 'requests',
    icon: IconClipboardList,
    needs: ['water.request.submit', 'water.request.check'],
    key: '9',
    routes: [
      { path: '/water/requests', page: lazy(() => import('./water/requests-page')) },
      { path: '/water/requests/new', page: lazy(() => import('./water/new-request-page')) },
      { path: '/water/requests/:id', page: lazy(() => import('./water/request-page')) },
    ],
  },
  {
    path: '/water/suspects',
    label: 'suspects',
    icon: IconZoomQuestion,
    needs: ['water.reading.decide'],
    key: 'Q',
    routes: [{ path: '/water/suspects', page: lazy(() => import('./water/suspects-page')) }],
  },
  {
    path: '/water/orders',
    label: 'orders',
    icon: IconPlugConnected,
    needs: ['water.order.reconnect', 'water.order.execute'],
    key: 'X',
    routes: [
      { path: '/water/orders', page: lazy(() => import('./water/orders-page')) },
      { path: '/water/orders/notices', page: lazy(() => import('./water/cut-notices-page')) },
      { path: '/water/orders/notices/:serial', page: lazy(() => import('./water/cut-notice-page')) },
      { path: '/water/orders/lists', page: lazy(() => import('./water/crew-lists-page')) },
      { path: '/water/orders/lists/:id', page: lazy(() => import('./water/crew-list-page')) },
    ],
  },
  ...ADMIN_AREAS,
];
