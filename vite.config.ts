import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { webllmModels } from './src/engines/webllm/models-plugin.ts';

/**
 * Nothing but our own files may be loaded or asked. A static host sets no headers, so the policy is
 * part of the page; the development server needs inline scripts and a socket, so it has none.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * Cross-origin isolation lets language models on the CPU use several threads. A host that sets no
 * headers runs them on one.
 */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The encoder's weights have no extension in their package; a static host may refuse `shard.`. */
const assetFileNames = ({ names: [name = ''] }: { names: string[] }): string =>
  name.includes('.') ? 'assets/[name]-[hash][extname]' : 'assets/[name]-[hash].bin';

/** Tells one version of the code from another: a run is continued by the one that began it. */
function sourceHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'workers']) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(test|svelte)\b/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    for (const file of files) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

export default defineConfig({
  define: { 'import.meta.env.SOURCE_HASH': JSON.stringify(sourceHash()) },
  base: './',
  plugins: [svelte({ configFile: false }), webllmModels(), contentSecurityPolicy()],
  worker: {
    format: 'es',
    plugins: () => [webllmModels()],
    rolldownOptions: { output: { assetFileNames } },
  },
  server: { headers: ISOLATED },
  preview: { headers: ISOLATED },
  build: {
    target: 'es2022',
    // The language tables of the run worker and tfjs; neither is on the first-paint path.
    chunkSizeWarningLimit: 5000,
  },
  test: {
    include: ['{src,workers,bench,e2e}/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
