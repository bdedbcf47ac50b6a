import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { PrintProvider } from '../shared/pdf';
import { GuardedRouter } from '../shared/unsaved';
import { SessionOver } from './session-over';
import { Shell } from './shell';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && error instanceof TypeError,
      staleTime: 10_000,
      // Without a network a page says so, where it would wait for ever; it is read again when the network is back.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Everything behind the login, loaded while the password is typed. */
export default function Workspace() {
  return (
    <QueryClientProvider client={queries}>
      <GuardedRouter>
        <PrintProvider>
          <Shell />
          <SessionOver />
        </PrintProvider>
      </GuardedRouter>
      <Notifications position="bottom-center" />
    </QueryClientProvider>
  );
}
