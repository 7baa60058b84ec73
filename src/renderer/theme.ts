/** Mantine's side of the design; colours and measures that both sides need are in ui/tokens.css. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef1fb',
  '#dbe1f5',
  '#b5c1e9',
  '#8c9fdd',
  '#6b83d3',
  '#4f6ac4',
  '#3f5ab8',
  '#3149a0',
  '#283d88',
  '#1e2f6e',
];

/** Dark surfaces of the components: as cool as ours. */
const dark: MantineColorsTuple = [
  '#e8eaef',
  '#c3c9d4',
  '#949cab',
  '#6a7280',
  '#3a404b',
  '#2c3139',
  '#20242a',
  '#181b20',
  '#14171b',
  '#101215',
];

/** Components take our colours where Mantine's own have too little contrast, or another tint. */
const variables = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-error': 'var(--contradicted)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
};

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: variables,
});

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, dark },
  autoContrast: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
  },
});
