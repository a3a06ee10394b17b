import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { BridgeMissing } from './features/shell/bridge-missing.tsx';
import { preloadPages } from './session-page.tsx';
import { connectStation } from './state/station-store.ts';
import './ui/base.css';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
const root = createRoot(element);

if (window.station) {
  connectStation(window.station);
  root.render(<App />);
  preloadPages();
} else {
  root.render(<BridgeMissing />);
}
