import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { house } from './scripts/lint-rules.mjs';

const TESTS = ['**/*.test.ts', '**/*.test.tsx', 'test/**'];
const TOOL_CONFIGS = ['*.config.{ts,js,mjs,cjs}', 'test/e2e/build-once.ts'];

export default defineConfig(
  globalIgnores(['out/', 'artifacts/', 'coverage/', 'node_modules/', 'test-results/', 'playwright-report/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house },
    rules: {
      'house/explained-disable': 'error',
      'house/file-name': 'error',
      'house/no-raw-ipc': 'error',
      'house/no-swallowed-error': 'error',
      'house/no-wall-clock': 'error',
      'house/package-rooms': [
        'error',
        {
          // The recorder is loaded into a real Electron by the desktop tests.
          electron: ['main/desktop', 'main/main.ts', 'preload/bridge.ts', 'test/fakes/desktop/record.cjs'],
          'better-sqlite3': ['main/store', 'test', 'scripts'],
          execa: ['main/agents', 'main/workspace', 'test', 'scripts'],
        },
      ],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      eqeqeq: 'error',
      'no-debugger': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // The compiler reports these already.
      '@typescript-eslint/no-unused-vars': 'off',
      // house/no-swallowed-error says more.
      'no-empty': ['error', { allowEmptyCatch: true }],
      // An `async` function that awaits nothing still turns a throw into a rejection, which is what ports promise.
      '@typescript-eslint/require-await': 'off',
      // Objects here are closures made by factories: their methods do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `row<GoalRow>(statement)` names the shape it reads; there is nothing to infer it from.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },

  // Where a ban ends.
  {
    files: ['main/shared/clock.ts', 'renderer/client/clock.ts', 'scripts/**', ...TESTS],
    rules: { 'house/no-wall-clock': 'off' },
  },
  {
    files: ['main/desktop/**', 'preload/bridge.ts', 'test/**', 'scripts/lint-rules.mjs'],
    rules: { 'house/no-raw-ipc': 'off' },
  },
  { files: TOOL_CONFIGS, rules: { 'no-restricted-exports': 'off' } },

  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      // Virtual lists return functions by design; the compiler skips those components, which is no defect.
      'react-hooks/incompatible-library': 'off',
      // An event handler may be async: React ignores what it returns, and floating promises are reported where they float.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },

  // A test looks at values of unknown shape and asserts on them; a wrong guess fails the test.
  {
    files: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },

  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
