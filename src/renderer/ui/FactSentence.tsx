/** A sentence of the catalogue with facts of this machine in it (paths, hosts), each of which keeps its own direction. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Marked } from './Marked.tsx';

interface Props {
  /** The sentence's key. */
  readonly say: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Around a fact's name while the catalogue makes the sentence; private characters, which no sentence of ours has. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];

export function FactSentence({ say, facts }: Props) {
  const { t } = useTranslation();
  // Figures choose the plural and are written by the catalogue.
  const places: Record<string, string | number> = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? OPEN + name + CLOSE : fact,
    ]),
  );
  const parts = t(say, places).split(new RegExp(`${OPEN}(\\w+)${CLOSE}`, 'u'));
  return parts.map((part, index) =>
    index % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Marked key={index} text={String(facts[part])} />
    ),
  );
}
