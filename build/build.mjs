/** `npm run build`: the product in out/, and nothing else. */
import { ensureBuilt } from './product.mjs';

await ensureBuilt();
