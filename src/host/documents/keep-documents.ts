/** How each account composed its documents last, by the workspace: what one person chooses is not put before another. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DocumentChoice } from '../../contract/document.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

export interface DocumentChoices {
  /** Undefined where none was kept for this workspace file. */
  read(workspaceFile: string): DocumentChoice | undefined;
  keep(workspaceFile: string, choice: DocumentChoice): void;
}

const Kept = z.array(z.strictObject({ file: z.string(), choice: DocumentChoice }));

const MAX_KEPT = 20;

/** In one file of the account's own directory. */
export function keepDocumentChoices(directory: string): DocumentChoices {
  const file = join(directory, 'documents.json');
  /** A file that is not there, or that says something else than ours would, keeps nothing. */
  const readAll = (): z.infer<typeof Kept> => {
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    read: (workspaceFile) => readAll().find((one) => one.file === workspaceFile)?.choice,
    keep: (workspaceFile, choice) => {
      const others = readAll().filter((one) => one.file !== workspaceFile);
      const kept = [{ file: workspaceFile, choice }, ...others].slice(0, MAX_KEPT);
      keepJson(file, kept);
    },
  };
}
