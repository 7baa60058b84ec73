/** Entry of the page: chooses how to reach the engine, has the person sign in where that is asked, then draws the app. */
import '@mantine/core/styles.layer.css';
import './ui/tokens.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { LANGUAGES, pickLanguage } from '../catalogue/languages.ts';
import { loadCatalogue } from '../catalogue/translate.ts';
import { createClient } from '../contract/client.ts';
import { App } from './App.tsx';
import { Look } from './Look.tsx';
import { readLocale } from './language.ts';
import { SignInPage } from './sign-in/SignInPage.tsx';
import { leaveServer, readSession, signOut } from './sign-in/served-session.ts';
import { chooseTransport } from './transport.ts';

const [catalogue, served] = await Promise.all([
  loadCatalogue(readLocale()),
  window.unbroken ? undefined : readSession(),
]);
const language = pickLanguage([catalogue.language]);
document.documentElement.lang = language;
document.documentElement.dir = LANGUAGES[language].direction;
const client = createClient(chooseTransport(window, served?.csrf ?? undefined));
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    served && !served.account ? (
      <Look catalogue={catalogue}>
        <SignInPage />
      </Look>
    ) : (
      <App
        client={client}
        catalogue={catalogue}
        signOut={served ? () => signOut(served) : () => leaveServer(client)}
      />
    ),
  );
}
