import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * Dependencies point one way. Each entry: files, the folders of `src` or of the top level they may
 * not import from (by a path that leaves their own), and why.
 */
const LAYERS = [
  [
    'src/core/**',
    'engines|systems|data|storage|learning|sandbox|compose|clients|state|ui|workers|bench|e2e',
    'the core imports nothing of the others',
  ],
  [
    'src/engines/**',
    'systems|data|storage|learning|sandbox|compose|clients|state|ui|workers|bench',
    'an engine imports the core only',
  ],
  [
    'src/systems/**',
    'engines|data|storage|learning|sandbox|compose|clients|state|ui|workers|bench',
    'a system imports the core only',
  ],
  [
    'src/{data,storage,learning,sandbox}/**',
    'engines|systems|compose|clients|state|ui|workers|bench',
    'these import the core only; compose joins them',
  ],
  [
    'src/compose/**',
    'clients|state|ui|workers|bench',
    'compose joins core, engines, systems, data and learning',
  ],
  ['workers/**', 'clients|state|ui|bench|e2e', 'a worker knows no page'],
  [
    'src/{clients,state}/**',
    // The browser's own model exists in windows only, so its engine runs in the page.
    'engines/(?!prompt-api)|systems|data|storage|learning|compose|ui|bench',
    "the page's side sees the workers' types only",
  ],
  [
    'src/ui/**',
    'clients|engines|systems|storage|learning|compose|workers|bench',
    'the ui sees the state only',
  ],
];

/** What the core must never load. */
const NOT_IN_CORE = {
  group: [
    '@tensorflow/*',
    'quickjs*',
    '@jitl/*',
    'svelte',
    'svelte/*',
    'comlink',
    'wink-nlp',
    'minisearch',
  ],
  message: 'the core has no DOM, tfjs or Svelte',
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...svelte.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...LAYERS.map(([files, folders, message]) => ({
    files: [files],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: `^(\\.\\./)+(src/)?(${folders})(/|$)`, message },
            ...(files.startsWith('src/core') ? [NOT_IN_CORE] : []),
          ],
        },
      ],
    },
  })),
  {
    // What makes shipped data is run by hand, and checks the programs among them.
    files: ['src/systems/*/data/build.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'everything random comes from a seed' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] },
    },
  },
  { files: ['.ci/*.mjs', '*.config.*'], languageOptions: { globals: globals.node } },
);
