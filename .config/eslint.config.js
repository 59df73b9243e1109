import { dirname } from 'node:path';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// ESLint is called with --config, so that the top of the repository holds dot-files only.
const root = dirname(import.meta.dirname);

// A test that is skipped, singled out or postponed would vanish without a word.
const noVanishingTests = ['it', 'test', 'describe'].flatMap((object) =>
  ['only', 'skip', 'todo', 'skipIf', 'runIf'].map((property) => ({
    object,
    property,
    message: 'Every test runs, always: mend it or take it out.',
  })),
);

export default tseslint.config(
  { ignores: ['**/node_modules/', 'build/', 'coverage/', 'openapi/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/tests/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...noVanishingTests],
      // A describe block is a chapter, not a function.
      'max-lines-per-function': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { module: 'writable', process: 'readonly' } },
  },
  { rules: { 'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }] } },
);
