import { registerServiceWorker } from './serviceWorker/register.ts';

registerServiceWorker(() => undefined);
