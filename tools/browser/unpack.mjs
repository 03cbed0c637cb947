// Unpacks the browser of the npm package into TMPDIR. A program of its own, because that is an environment of its own.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
