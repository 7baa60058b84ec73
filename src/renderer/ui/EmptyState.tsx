/** What a list says where it has nothing to show, and why. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: Picture, title, text, children }: Props) {
  return (
    <div className="empty">
      <Picture size={28} stroke={1.5} aria-hidden />
      <p className="empty-title">{title}</p>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
