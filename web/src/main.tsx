import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './style.css';
import {
  createTheme,
  DirectionProvider,
  MantineProvider,
  Modal,
  Notification,
  type MantineColorsTuple,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useMemo, type PropsWithChildren } from 'react';
import { createRoot } from 'react-dom/client';
import { session } from './api/session';
import { useSession } from './api/use-session';
import { PreferencesProvider, useText } from './i18n/preferences';
import { PrintProvider } from './shared/pdf';
import { SHARED } from './shared/shared.texts';
import { GuardedRouter } from './shared/unsaved';
import { LoginPage } from './shell/login';
import { SessionOver } from './shell/session-over';
import { Shell } from './shell/shell';

/** Of the olive groves around the city. */
const BRAND: MantineColorsTuple = [
  '#eef7f1',
  '#dcebe2',
  '#b5d6c2',
  '#8bc0a0',
  '#68ad83',
  '#51a171',
  '#429a66',
  '#2f7d50',
  '#276f47',
  '#1a5c39',
];

const theme = (closeLabel: string) =>
  createTheme({
    colors: { brand: BRAND },
    primaryColor: 'brand',
    primaryShade: { light: 8, dark: 6 },
    autoContrast: true,
    fontFamily: 'Cairo, system-ui, sans-serif',
    headings: { fontFamily: 'Cairo, system-ui, sans-serif', fontWeight: '600' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    components: {
      Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } }),
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } }),
    },
  });

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => count < 2 && error instanceof TypeError, staleTime: 10_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
});

function App() {
  const { phase } = useSession();
  if (phase === 'starting') return null;
  if (phase === 'out') return <LoginPage />;
  return (
    <PrintProvider>
      <Shell />
      <SessionOver />
    </PrintProvider>
  );
}

function Themed({ children }: PropsWithChildren) {
  const closeLabel = useText(SHARED)('close');
  const themed = useMemo(() => theme(closeLabel), [closeLabel]);
  return (
    <MantineProvider theme={themed} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DirectionProvider initialDirection="rtl">
      <PreferencesProvider>
        <Themed>
          <QueryClientProvider client={queries}>
            <GuardedRouter>
              <App />
            </GuardedRouter>
            <Notifications position="top-center" />
          </QueryClientProvider>
        </Themed>
      </PreferencesProvider>
    </DirectionProvider>
  </StrictMode>,
);
void session.start();
