/** A path that breaks at its slashes where there is no room, and never shows a character raw. */
import { Fragment } from 'react';
import { Marked } from './Marked.tsx';

export function PathText({ path }: { readonly path: string }) {
  const parts = path.split('/');
  // A path reads from left to right in every language.
  return (
    <bdi dir="ltr">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        <Fragment key={index}>
          <Marked text={part} />
          {index < parts.length - 1 && (
            <>
              /<wbr />
            </>
          )}
        </Fragment>
      ))}
    </bdi>
  );
}
