/** The receiver where no log is open: it needs none. */
import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { BrandMark } from '../shell/BrandMark.tsx';
import { SchemeSwitch } from '../shell/SchemeSwitch.tsx';
import { ReceiverScreen } from './ReceiverScreen.tsx';

export function ReceiverPage() {
  const { t, i18n } = useTranslation();
  const Arrow = i18n.dir() === 'rtl' ? IconArrowRight : IconArrowLeft;
  const { go } = useNavigation();
  useEffect(() => {
    document.title = t('screen.windowTitle', { screen: t('receiver.title') });
  }, [t]);
  return (
    <div className="receiver-alone">
      <header>
        <BrandMark />
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Arrow size={15} aria-hidden />}
          onClick={() => go({ screen: 'overview' })}
        >
          {t('receiver.back')}
        </Button>
        <SchemeSwitch />
      </header>
      <main tabIndex={-1}>
        <ReceiverScreen />
      </main>
    </div>
  );
}
