/** Entry of the page: chooses how to reach the engine, then draws the app. */
import '@mantine/core/styles.layer.css';
import './ui/tokens.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { createClient } from '../contract/client.ts';
import { App } from './App.tsx';
import { chooseTransport } from './transport.ts';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App client={createClient(chooseTransport(window))} />);
