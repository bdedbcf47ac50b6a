import { IconChecklist, IconSearch, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
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
];
