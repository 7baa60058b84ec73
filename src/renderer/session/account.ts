/** Who is signed in, what they may, and how they leave; nobody is where whoever sees the page is Manager. */
import { createContext, use } from 'react';
import type { CallName, Calls } from '../../contract/api.ts';
import { isPermitted } from '../../contract/group.ts';
import { useCall } from './client.ts';

type Account = NonNullable<Calls['app.info']['output']['account']>;

export const SignOutContext = createContext<(() => Promise<void>) | undefined>(undefined);

export function useSignOut(): (() => Promise<void>) | undefined {
  return use(SignOutContext);
}

export function useAccount(): Account | undefined {
  return useCall('app.info', {}).data?.account ?? undefined;
}

/** Whether somebody signed in by a password, and not by a program's token. */
export function useHasPassword(): boolean {
  const account = useAccount();
  // No account's name has this sign.
  return account !== undefined && !account.name.includes('+');
}

/** Tells of a call whether it is worth offering: the engine decides, and would refuse it. */
export function useMay(): (call: CallName) => boolean {
  const account = useAccount();
  return (call) => account === undefined || isPermitted(account.group, call);
}
