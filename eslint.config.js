import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const OUTSIDE_CORE = [
  'engines',
  'systems',
  'data',
  'storage',
  'learning',
  'compose',
  'clients',
  'state',
  'ui',
].map((folder) => `./src/${folder}`);

/** Dependencies point one way: `target` may not import from `from`. */
const LAYERS = [
  {
    target: './src/core',
    from: [...OUTSIDE_CORE, './workers', './bench', './e2e'],
    message: 'the core imports nothing of the others',
  },
  {
    target: ['./src/engines', './src/systems', './src/data', './src/storage', './src/learning'],
    from: ['./src/compose', './src/clients', './src/state', './src/ui', './workers', './bench'],
    message: 'these import the core only; compose joins them',
  },
  {
    target: './src/engines',
    from: ['./src/systems', './src/data', './src/learning'],
    message: 'an engine knows no system and no data',
  },
  {
    target: './src/systems',
    from: ['./src/engines', './src/data', './src/learning'],
    message: 'a system knows no engine',
  },
  {
    target: './src/compose',
    from: ['./src/clients', './src/state', './src/ui', './workers', './bench'],
    message: 'compose joins core, engines, systems, data and learning',
  },
  {
    target: './workers',
    from: ['./src/clients', './src/state', './src/ui', './bench'],
    message: 'a worker knows no page',
  },
  {
    target: './src/ui',
    from: ['./src/clients', './src/engines', './src/systems', './src/compose', './src/learning'],
    message: 'the ui sees the state only',
  },
  {
    target: ['./src/clients', './src/state'],
    from: ['./src/engines', './src/systems', './src/compose', './src/learning', './src/data'],
    message: "the page's side sees the workers' types only",
  },
];

/** What the core must never load. */
const NOT_IN_CORE = ['@tensorflow/*', 'svelte', 'svelte/*', 'comlink', 'wink-nlp', 'minisearch'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...svelte.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.js', '.mjs', '.svelte'],
      'import-x/parsers': {
        '@typescript-eslint/parser': ['.ts'],
        'svelte-eslint-parser': ['.svelte'],
      },
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'] }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: LAYERS }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: NOT_IN_CORE, message: 'the core has no DOM, tfjs or Svelte' }] },
      ],
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
