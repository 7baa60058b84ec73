/** Where commands arrive, from keys, menus and things dropped on the window; and what is shown over the screens. */
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Events } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import { ConnectDialog } from '../servers/ConnectDialog.tsx';
import { useCall, useClient } from '../session/client.ts';
import { usePreferences } from '../session/PreferencesProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { PasswordDialog } from '../sign-in/PasswordDialog.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { isPressed } from './command.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { Dialog } from './Dialog.tsx';
import { DropTarget } from './DropTarget.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { type Shown, useCommands } from './use-commands.ts';
import './commands.css';

const ShowContext = createContext<((shown: Shown) => void) | undefined>(undefined);

/** Shows a dialog over the screens. */
export function useShow(): (shown: Shown) => void {
  const show = use(ShowContext);
  if (!show) throw new Error('no commands were provided');
  return show;
}

const PALETTE = { mod: true, key: 'k' } as const;
const SHORTCUTS = { mod: true, key: '/' } as const;

export function CommandCenter({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const client = useClient();
  const session = useSession();
  const { change } = usePreferences();
  const [shown, show] = useState<Shown>();
  const [failure, setFailure] = useState<Failure>();
  const close = () => show(undefined);

  async function choose(what: 'directories' | 'files'): Promise<void> {
    const reply = await client.call('source.choose', { what });
    if (!reply.ok) setFailure(reply.failure);
    else if (reply.value.paths.length > 0) session.open({ paths: reply.value.paths });
  }

  const commands = useCommands({ show, choose: (what) => void choose(what) });

  const server = useCall('server.list', {}).data?.shown;

  function answer({ command, paths, settings }: Events['app.asked']): void {
    // What is on this machine cannot be seen beside what is on another.
    if (server && /^(?:open|connect)/.test(command)) {
      setFailure({ code: 'server-shown', message: 'a server is shown', subject: server.address });
    } else if (command === 'open' && paths) {
      close();
      session.open({ paths });
    } else if (command === 'change' && settings) void change(settings);
    else if (command === 'palette') show({ what: 'palette' });
    else commands.find(({ id }) => id === command)?.run();
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    const isPalette = isPressed(event, PALETTE);
    const command = isPressed(event, SHORTCUTS)
      ? commands.find(({ id }) => id === 'shortcuts')
      : commands.find(({ keys }) => keys && isPressed(event, keys));
    // A sign without Ctrl or Alt belongs to the field that is written in.
    const isSign = command?.keys && !command.keys.mod && !command.keys.alt && !event.ctrlKey;
    if ((!command && !isPalette) || (isSign && isWritten(event.target))) return;
    event.preventDefault();
    if (isPalette) show(shown?.what === 'palette' ? undefined : { what: 'palette' });
    else command?.run();
  }

  // What is heard stays subscribed; what it does is that of the last drawing.
  const acts = useRef({ answer, press });
  useEffect(() => {
    acts.current = { answer, press };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => acts.current.press(event);
    window.addEventListener('keydown', onKey);
    const end = client.on('app.asked', (asked) => acts.current.answer(asked));
    return () => {
      window.removeEventListener('keydown', onKey);
      end();
    };
  }, [client]);

  const context = useMemo(() => show, []);
  return (
    <ShowContext value={context}>
      {children}
      <DropTarget />
      {shown?.what === 'palette' && <CommandPalette commands={commands} onClose={close} />}
      {shown?.what === 'shortcuts' && <ShortcutsDialog commands={commands} onClose={close} />}
      {shown?.what === 'settings' && <SettingsDialog onClose={close} />}
      {shown?.what === 'about' && <AboutDialog onClose={close} />}
      {shown?.what === 'delete' && <DeleteDialog paths={shown.paths} onClose={close} />}
      {shown?.what === 'password' && <PasswordDialog onClose={close} />}
      {shown?.what === 'connect' && <ConnectDialog address={shown.address} onClose={close} />}
      {failure && (
        <Dialog onClose={() => setFailure(undefined)} title={t('app.failed')} size={520}>
          <FailureNotice failure={failure} />
        </Dialog>
      )}
    </ShowContext>
  );
}

function isWritten(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
