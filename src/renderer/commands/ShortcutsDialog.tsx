/** All keys of the app on one page: those of its commands, and those inside its lists. */
import { useTranslation } from 'react-i18next';
import type { Command, Keys } from './command.ts';
import { Dialog } from './Dialog.tsx';
import { KeyCaps } from './KeyCaps.tsx';

interface Props {
  readonly commands: readonly Command[];
  onClose(): void;
}

const lists: readonly (readonly [what: string, ...keys: Keys[]])[] = [
  ['step', { key: '↓' }, { key: '↑' }],
  ['stepFindings', { key: 'j' }, { key: 'k' }],
  ['page', { key: 'PgDn' }, { key: 'PgUp' }],
  ['ends', { key: 'Home' }, { key: 'End' }],
  ['open', { key: 'Enter' }],
  ['leave', { key: 'Esc' }],
];

export function ShortcutsDialog({ commands, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t('app.shortcuts.title')} size={640}>
      <div className="shortcuts">
        <section>
          <h3>{t('app.shortcuts.everywhere')}</h3>
          <dl>
            <Row what={t('app.palette.label')} keys={[{ mod: true, key: 'k' }]} />
            {commands.map(({ id, label, keys }) => keys && <Row key={id} what={label} keys={[keys]} />)}
          </dl>
        </section>
        <section>
          <h3>{t('app.shortcuts.lists')}</h3>
          <dl>
            {lists.map(([what, ...keys]) => (
              <Row key={what} what={t(`app.shortcuts.in.${what}`)} keys={keys} />
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Row({ what, keys }: { readonly what: string; readonly keys: readonly Keys[] }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        {keys.map((one) => (
          <KeyCaps key={one.key} keys={one} />
        ))}
      </dd>
    </div>
  );
}
