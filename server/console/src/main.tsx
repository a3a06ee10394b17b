import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app.tsx';
import './ui/base.css';

// The page's policy forbids code made from text, so schemas do not even try.
config({ jitless: true });

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
createRoot(element).render(<App />);
