/** The Arabic catalogue; what it lacks is told in English. */
import { arApp } from './ar-app.ts';
import { arDocument } from './ar-document.ts';
import { arFailure } from './ar-failure.ts';
import { arReport } from './ar-report.ts';
import { arScreens } from './ar-screens.ts';
import { arServer } from './ar-server.ts';
import { arShell } from './ar-shell.ts';
import { arSignIn } from './ar-sign-in.ts';

export const ar = {
  ...arApp,
  ...arReport,
  ...arFailure,
  ...arDocument,
  ...arScreens,
  ...arServer,
  ...arShell,
  ...arSignIn,
};
