/** The French catalogue; what it lacks is told in English. */
import { frApp } from './fr-app.ts';
import { frDocument } from './fr-document.ts';
import { frFailure } from './fr-failure.ts';
import { frReport } from './fr-report.ts';
import { frScreens } from './fr-screens.ts';
import { frServer } from './fr-server.ts';
import { frShell } from './fr-shell.ts';
import { frSignIn } from './fr-sign-in.ts';

export const fr = {
  ...frApp,
  ...frReport,
  ...frFailure,
  ...frDocument,
  ...frScreens,
  ...frServer,
  ...frShell,
  ...frSignIn,
};
