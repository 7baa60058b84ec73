/** Checks again, for a period that the person sets. */
import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/SessionProvider.tsx';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { isEmptyPeriod, type Period, setPeriod } from '../ui/period.ts';

export function PeriodButton({ requested }: { readonly requested: Period }) {
  const { t } = useTranslation();
  const { opened, open, workspace } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [period, choosePeriod] = useState(requested);
  // A workspace that was kept is shown as it was checked, and what is received as it is followed, for all who look.
  if (!opened || workspace?.served || opened.paths?.some((path) => path.endsWith('.unbroken'))) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus width={260}>
      <Popover.Target>
        <button
          type="button"
          className="link"
          aria-expanded={isOpen}
          onClick={() => {
            choosePeriod(requested);
            setOpen(!isOpen);
          }}
        >
          {t('screen.overview.setPeriod')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="time-menu" aria-label={t('screen.overview.setPeriod')}>
        <PeriodFields
          period={requested}
          error={isEmptyPeriod(period) ? t('screen.start.emptyPeriod') : undefined}
          onChange={(key, value) => choosePeriod((before) => ({ ...before, [key]: value }))}
        />
        <Button size="xs" disabled={isEmptyPeriod(period)} onClick={() => open(setPeriod(opened, period))}>
          {t('screen.overview.checkPeriod')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
