import '@mantine/core/styles.css';
import './style.css';
import { createTheme, DirectionProvider, MantineProvider, type MantineColorsTuple } from '@mantine/core';
import { lazy, StrictMode, Suspense, useMemo, type PropsWithChildren } from 'react';
import { createRoot } from 'react-dom/client';
import { session } from './api/session';
import { useSession } from './api/use-session';
import { PreferencesProvider, useText } from './i18n/preferences';
import { SHARED } from './shared/shared.texts';
import { LoginPage } from './shell/login';

const loadWorkspace = () => import('./shell/workspace');
const Workspace = lazy(loadWorkspace);

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

const theme = (closeLabel: string) => {
  const closing = { defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } };
  return createTheme({
    colors: { brand: BRAND },
    primaryColor: 'brand',
    primaryShade: { light: 8, dark: 6 },
    autoContrast: true,
    fontFamily: 'Cairo, system-ui, sans-serif',
    headings: { fontFamily: 'Cairo, system-ui, sans-serif', fontWeight: '600' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    components: { Modal: closing, Notification: closing },
  });
};

function Themed({ children }: PropsWithChildren) {
  const closeLabel = useText(SHARED)('close');
  const themed = useMemo(() => theme(closeLabel), [closeLabel]);
  return (
    <MantineProvider theme={themed} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

function App() {
  const { phase } = useSession();
  if (phase === 'starting') return null;
  return phase === 'out' ? <LoginPage /> : <Workspace />;
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DirectionProvider initialDirection="rtl">
      <PreferencesProvider>
        <Themed>
          <Suspense>
            <App />
          </Suspense>
        </Themed>
      </PreferencesProvider>
    </DirectionProvider>
  </StrictMode>,
);
void session.start();
addEventListener('load', () => void loadWorkspace());
