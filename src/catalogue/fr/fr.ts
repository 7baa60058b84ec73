/** The French catalogue; what it lacks is told in English. */
import { frFailure } from './fr-failure.ts';
import { frReport } from './fr-report.ts';

export const fr = { ...frReport, ...frFailure };
