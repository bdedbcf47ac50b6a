import { useSyncExternalStore } from 'react';
import { session, type User } from './session';

export const useSession = () => useSyncExternalStore(session.subscribe, session.state);

/** Who is logged in; only below the shell, which shows nothing without a user. */
export function useUser(): User {
  const state = useSession();
  if (!('user' in state)) throw new Error('nobody is logged in');
  return state.user;
}

/** `may('citizens.one-record.approve')`: for hiding what the server would refuse. */
export function useMay(): (...anyOf: string[]) => boolean {
  const { permissions } = useUser();
  return (...anyOf) => anyOf.some((permission) => permissions.includes(permission));
}
