/** Keys as they are printed on a keyboard. */
import { type Keys, listCaps } from './command.ts';

const isMac = navigator.platform.startsWith('Mac');

export function KeyCaps({ keys }: { readonly keys: Keys }) {
  return (
    <span className="key-caps" dir="ltr">
      {listCaps(keys, isMac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
