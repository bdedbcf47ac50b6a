import { Alert, AppShell, NavLink } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useMay } from '../api/use-session';
import { AREAS, type Area } from '../areas';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Empty, Loading } from '../shared/states';
import { ErrorBoundary } from './error-boundary';
import { Header } from './header';
import { KeysHelp } from './keys-help';
import { SHELL } from './shell.texts';

/** The area with the longest path above the address; a record belongs to the search. */
const areaOf = (location: string, areas: readonly Area[]): Area | undefined =>
  areas
    .filter(({ path }) => path === '/' || location === path || location.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];

export function Shell() {
  const t = useText(SHELL);
  const may = useMay();
  const { online } = useNetwork();
  const [location, navigate] = useLocation();
  const [menu, { toggle, close }] = useDisclosure();
  const [help, helpToggle] = useDisclosure();
  const areas = AREAS.filter(({ needs }) => may(...needs));
  useKeys([
    ...areas.map(({ key, label, path }) => ({ keys: `Alt+${key}`, label: t(label), run: () => navigate(path) })),
    { keys: '?', label: t('keys'), run: helpToggle.open },
  ]);
  const here = areaOf(location, areas);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'md', collapsed: { mobile: !menu } }}
      padding="md"
    >
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <AppShell.Header>
        <Header opened={menu} onMenu={toggle} onKeys={helpToggle.open} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        {areas.map((area) => (
          <NavLink
            key={area.path}
            component={Link}
            href={area.path}
            label={t(area.label)}
            leftSection={<area.icon size={18} stroke={1.6} />}
            rightSection={<Key>{`Alt+${area.key}`}</Key>}
            active={area === here}
            aria-current={area === here ? 'page' : undefined}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {!online && (
          <Alert color="orange" mb="md" role="status">
            {t('offline')}
          </Alert>
        )}
        <ErrorBoundary key={location}>
          <Suspense fallback={<Loading />}>
            <Switch>
              {areas.flatMap(({ routes }) =>
                routes.map(({ path, page }) => <Route key={path} path={path} component={page} />),
              )}
              {areas[0] && areas[0].path !== '/' && (
                <Route path="/">
                  <Redirect to={areas[0].path} replace />
                </Route>
              )}
              <Route>
                <Empty>
                  {t(
                    AREAS.some(({ routes }) => routes.some(({ path }) => path === location)) ? 'forbidden' : 'notFound',
                  )}
                </Empty>
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      {help && <KeysHelp onClose={helpToggle.close} />}
    </AppShell>
  );
}
