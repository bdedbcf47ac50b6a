import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default function globalTeardown(): void {
  if (process.env.TEST_TEMPLATE) rmSync(dirname(process.env.TEST_TEMPLATE), { recursive: true, force: true });
}
