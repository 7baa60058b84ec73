/** Entry of the page: chooses how to reach the engine, then draws the app. */
import '@mantine/core/styles.layer.css';
import './ui/tokens.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { LANGUAGES, pickLanguage } from '../catalogue/languages.ts';
import { loadCatalogue } from '../catalogue/translate.ts';
import { createClient } from '../contract/client.ts';
import { App } from './App.tsx';
import { readLocale } from './language.ts';
import { chooseTransport } from './transport.ts';

const catalogue = await loadCatalogue(readLocale());
const language = pickLanguage([catalogue.language]);
document.documentElement.lang = language;
document.documentElement.dir = LANGUAGES[language].direction;
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<App client={createClient(chooseTransport(window))} catalogue={catalogue} />);
}
