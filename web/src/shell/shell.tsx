import { Alert, AppShell, NavLink } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useMay } from '../api/use-session';
import { AREAS } from '../areas';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Empty, Loading } from '../shared/states';
import { ErrorBoundary } from './error-boundary';
import { Header } from './header';
import { KeysHelp } from './keys-help';
import { SHELL } from './shell.texts';

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
  const isHere = ({ path, routes }: (typeof areas)[number]) =>
    location === path ||
    (path !== '/' && location.startsWith(`${path}/`)) ||
    (path === '/' && location.startsWith('/records/') && routes.length > 1);
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
            active={isHere(area)}
            aria-current={isHere(area) ? 'page' : undefined}
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
