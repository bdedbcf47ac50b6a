import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const OUT = join(ROOT, '../dist/web');
const TEXT = /\.(js|css|html|svg|ttf)$/;

/** Each file once more as .br and .gz, so that no request is ever compressed while a clerk waits. */
const precompressed = (): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  closeBundle() {
    for (const entry of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !TEXT.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  },
});

export default defineConfig({
  root: ROOT,
  base: '/counter/',
  // Vite's own transformer (oxc) compiles JSX by the automatic runtime; hot reload of components is all that its React plugin would add.
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: { alias: [{ find: /^@libs\/([^/]+)$/, replacement: join(ROOT, '../libs/$1/src/index.ts') }] },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Uncompressed; a test holds the first load to its budget.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Mantine says "use client" in every file, for servers that render.
      onLog: (level, log, next) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && next(level, log),
    },
  },
  server: { proxy: { '/api': process.env.BALADIYA ?? 'http://127.0.0.1:3000' } },
  plugins: [precompressed()],
});
