import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** Goes to `path` once there is one: after `useUnsaved` of the same page has let go of what was saved. */
export function useLeave(path: string | undefined): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    if (path !== undefined) navigate(path);
  }, [path, navigate]);
}
